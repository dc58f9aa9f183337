#include "search/network_evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "rl/encoding/encode_position.h"
#include "rl/run/checkpoint.h"
#include "rl/run/config.h"

namespace keisei::search {
namespace {

struct Found {
  std::string path;
  rl::Checkpoint checkpoint;
};
// A folder's newest may be damaged; then it is the one before.
Result<Found> checkpoint_at(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) {
    auto checkpoint = rl::load_checkpoint(path);
    if (!checkpoint) return tl::unexpected(checkpoint.error());
    return Found{path, std::move(*checkpoint)};
  }
  auto newest = rl::newest_sound_checkpoint(path);
  if (!newest.path.empty()) return Found{newest.path, std::move(newest.checkpoint)};
  if (!newest.damaged.empty()) return fail(newest.damaged.front());
  return fail(path + ": no checkpoint in this folder");
}

bool is_finite(const Answer& answer) {
  return std::isfinite(answer.value) &&
         std::all_of(answer.log_probabilities.begin(), answer.log_probabilities.end(),
                     [](float p) { return std::isfinite(p); });
}

}  // namespace

NetworkEvaluator::NetworkEvaluator(const rl::Options& options, rl::Player player, int threads)
    : options_(options),
      pool_(threads),
      player_(std::move(player)),
      steps_(options.environment, options.reward, options.ppo.gamma),
      workers_(static_cast<std::size_t>(pool_.size())) {}

Result<std::unique_ptr<NetworkEvaluator>> NetworkEvaluator::load(const std::string& path,
                                                                 int threads) {
  const auto found = checkpoint_at(path);
  if (!found) return tl::unexpected(found.error());
  const auto& [file, checkpoint] = *found;
  rl::Options options;
  if (auto read = rl::apply_toml(options, checkpoint.config, file); !read) {
    return tl::unexpected(read.error());
  }
  // Wherever it was trained.
  options.run.device = "cpu";
  options.network.precision = rl::Precision::float32;
  auto player = rl::Player::load(options.network, options.run.device, checkpoint.agent);
  if (!player) return fail(file + ": " + player.error().message);
  std::unique_ptr<NetworkEvaluator> evaluator(
      new NetworkEvaluator(options, std::move(*player), threads));
  if (!checkpoint.foresight.empty() && !evaluator->foresight_.load(checkpoint.foresight)) {
    return fail(file + ": what it says of forecasts is damaged");
  }
  const auto position = shogi::Position::startpos();
  const auto legal_moves = position.legal_moves();
  const Question question{&position, &legal_moves, 1};
  Answer answer;
  evaluator->evaluate({&question, 1}, {&answer, 1});
  if (!evaluator->workers_.front().finite) {
    return fail(file + ": its network answers with what is no number");
  }
  evaluator->description_ =
      fmt::format("{}: run {}, update {}, {} parameters", file, checkpoint.run_id,
                  checkpoint.updates, evaluator->player_.parameter_count());
  return evaluator;
}

void NetworkEvaluator::evaluate(std::span<const Question> questions, std::span<Answer> answers) {
  const int count = static_cast<int>(questions.size());
  if (count == 1) return evaluate_share(questions, answers, workers_.front());
  pool_.run([&](int worker) {
    const rl::Share share = rl::share_of(count, worker, pool_.size());
    const auto begin = static_cast<std::size_t>(share.begin);
    const auto size = static_cast<std::size_t>(share.end - share.begin);
    evaluate_share(questions.subspan(begin, size), answers.subspan(begin, size),
                   workers_[static_cast<std::size_t>(worker)]);
  });
}

void NetworkEvaluator::evaluate_share(std::span<const Question> questions,
                                      std::span<Answer> answers, Worker& worker) const {
  if (questions.empty()) return;
  rl::PositionBatch& batch = worker.batch;
  batch.clear(static_cast<int>(questions.size()));
  for (const Question& question : questions) {
    rl::encode_position(*question.position, *question.legal_moves, question.repetitions,
                        options_.environment.max_plies, batch);
  }
  player_.evaluate(batch, worker.output);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto* all = worker.output.log_probabilities.data();
    answers[i].log_probabilities.assign(all + batch.offsets[i], all + batch.offsets[i + 1]);
    // Undiscounted, as the proven results are that a search holds it against.
    answers[i].value = static_cast<float>(foresight_.expected_result(
        steps_.forecast(*questions[i].position, worker.output.values[i])));
    if (is_finite(answers[i])) continue;
    // Sound weights can overflow in a position; the search goes on without the network there.
    worker.finite = false;
    answers[i].value = 0;
    std::fill(answers[i].log_probabilities.begin(), answers[i].log_probabilities.end(),
              -std::log(static_cast<float>(questions[i].legal_moves->size())));
  }
}

}  // namespace keisei::search
