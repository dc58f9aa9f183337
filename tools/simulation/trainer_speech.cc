#include "simulation/trainer_speech.h"

#include <utility>
#include <variant>

namespace keisei::simulation {
namespace {

bool is_one_of(std::string_view json, std::string_view type) {
  constexpr std::string_view kBegin = R"({"type":")";
  return json.starts_with(kBegin) && json.substr(kBegin.size()).starts_with(type);
}

}  // namespace

// Most of what is said is something else, and reading takes time.
std::optional<TrainerSpeech::Said> TrainerSpeech::read(std::string_view json) {
  const bool is_run = is_one_of(json, "run_started");
  if (!is_run && !is_one_of(json, "game_finished") && !is_one_of(json, "evaluation_finished") &&
      !is_one_of(json, "trainer_metrics")) {
    return std::nullopt;
  }
  auto told = protocol::decode_telemetry(json);
  if (!told) return std::nullopt;
  if (const auto* run = std::get_if<protocol::RunStarted>(&*told)) {
    run_id_ = run->run_id;
    return std::nullopt;
  }
  return Said{run_id_, *std::move(told)};
}

}  // namespace keisei::simulation
