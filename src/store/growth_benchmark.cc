// How much a day of the demo run takes: a recorded one (tests/e2e) is kept several times over, each
// time as a later part of the same run, and what the database has grown by in the recorded time is
// told for a day.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/testing/temporary_folder.h"
#include "harness/measure.h"
#include "protocol/codec.h"
#include "store/store_file.h"

namespace {

using namespace keisei;
using namespace keisei::store;

constexpr int kRounds = 20;

struct Recording {
  double seconds = 0;
  std::vector<protocol::Telemetry> told;
};

Recording recorded() {
  const std::string command =
      "gzip -dc '" KEISEI_SOURCE_DIR "/tests/e2e/testdata/demo_run.jsonl.gz'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  Recording recording;
  char* line = nullptr;
  std::size_t room = 0;
  while (pipe && ::getline(&line, &room, pipe.get()) > 0) {
    constexpr std::string_view kMessage = R"(,"message":)";
    const std::string_view text(line);
    const std::size_t found = text.find(kMessage);
    if (found == std::string_view::npos) continue;
    recording.seconds = std::strtod(line + std::string_view(R"({"at":)").size(), nullptr);
    const std::size_t begin = found + kMessage.size();
    const auto message = protocol::decode_telemetry(text.substr(begin, text.rfind('}') - begin));
    if (message) recording.told.push_back(*message);
  }
  std::free(line);
  if (recording.told.empty()) throw std::runtime_error("no recorded run");
  return recording;
}

/// As the studio hands it over, so many rounds later.
class Round {
 public:
  Round(int number, double seconds, std::vector<Entry>& out)
      : number_(number), seconds_(number * seconds), out_(out) {}

  template <class Message>
  void operator()(const Message&) {}  // is not kept
  void operator()(const protocol::TrainerMetrics& told) {
    protocol::TrainerMetrics metrics = told;
    metrics.update += number_ * 1'000;
    metrics.emitted_at += seconds_;
    out_.emplace_back(KeptUpdate{"run", 1, std::move(metrics)});
  }
  void operator()(const protocol::MovePlayed& told) {
    const auto found = std::find_if(told.top.begin(), told.top.end(),
                                    [&](const auto& move) { return move.usi == told.usi; });
    std::optional<int> rank;
    if (found != told.top.end()) rank = static_cast<int>(found - told.top.begin()) + 1;
    out_.emplace_back(KeptMove{"run", later(told.game_id), told.ply, told.usi, told.update,
                               told.probability, told.value, told.entropy, rank, told.legal_moves});
  }
  void operator()(const protocol::GameFinished& told) {
    protocol::GameFinished game = told;
    game.game_id = later(told.game_id);
    out_.emplace_back(KeptGame{"run", 1, std::move(game)});
  }
  void operator()(const protocol::EvaluationFinished& told) {
    protocol::EvaluationFinished evaluation = told;
    evaluation.emitted_at += seconds_;
    out_.emplace_back(KeptEvaluation{"run", 1, std::move(evaluation)});
  }
  void operator()(const protocol::CheckpointSaved& told) {
    protocol::CheckpointSaved checkpoint = told;
    checkpoint.emitted_at += seconds_;
    out_.emplace_back(KeptCheckpoint{"run", 1, std::move(checkpoint)});
  }

 private:
  // As long as it was.
  std::string later(std::string game_id) const {
    const std::string number = std::to_string(100 + number_);
    if (game_id.size() > number.size()) game_id.replace(0, number.size(), number);
    return game_id;
  }

  int number_;
  double seconds_;
  std::vector<Entry>& out_;
};

double megabytes_per_day() {
  const Recording recording = recorded();
  const TemporaryFolder folder;
  auto file = StoreFile::open(folder / "show.db");
  if (!file) throw std::runtime_error(file.error().why);
  file->tidy(true);
  const auto empty = file->bytes();
  for (int number = 0; number < kRounds; ++number) {
    std::vector<Entry> entries;
    Round round(number, recording.seconds, entries);
    for (const protocol::Telemetry& told : recording.told) std::visit(round, told);
    const auto kept = file->commit(entries);
    if (!kept) throw std::runtime_error(kept.error().why);
  }
  file->tidy(true);
  const double bytes = static_cast<double>(file->bytes() - empty);
  return bytes / 1e6 / (kRounds * recording.seconds) * 86'400;
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(
      argc, argv, "store.growth", "What the store grows by in a day of the demo run", [] {
        return std::vector<harness::Measurement>{{"mb_per_day", std::nullopt, megabytes_per_day}};
      });
}
