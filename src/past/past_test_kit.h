#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "broker/frame.h"
#include "protocol/codec.h"

/// The vocabulary of the tests of looking back: small messages that tell themselves apart.
namespace keisei::past::testing {

/// A game's state; its number tells it from others, its commentary says for whom it is.
inline broker::FramePtr game(double at, std::int64_t number) {
  broker::Frame frame{protocol::message_index<protocol::GameState>(), {}, ""};
  for (const auto level : protocol::enumerators<protocol::Level>()) {
    for (const auto language : protocol::enumerators<protocol::Language>()) {
      protocol::GameState state{};
      state.game_number = number;
      state.commentary = std::string(to_string(level)) + " " + std::string(to_string(language));
      frame.variants[protocol::variant_index(level, language)] =
          std::make_shared<const std::string>(protocol::encode(state, at, 1));
    }
  }
  return std::make_shared<const broker::Frame>(std::move(frame));
}

template <class Message>
broker::FramePtr alike(double at, const Message& message) {
  broker::Frame frame{protocol::message_index<Message>(), {}, ""};
  frame.variants.fill(std::make_shared<const std::string>(protocol::encode(message, at, 1)));
  return std::make_shared<const broker::Frame>(std::move(frame));
}

inline broker::FramePtr milestone(double at, const std::string& key) {
  protocol::MilestoneReached reached{};
  reached.milestone.key = key;
  return alike(at, reached);
}
inline broker::FramePtr status(double at, int viewers) {
  protocol::SystemStatus status{};
  status.viewers = viewers;
  return alike(at, status);
}
inline broker::FramePtr history(double at, const std::string& run_id) {
  protocol::MetricsHistory history{};
  history.run_id = run_id;
  return alike(at, history);
}

/// What tells each line's message apart, in their order: "game 7", "milestone dragon", "viewers 3",
/// "history of run".
inline std::vector<std::string> told(std::string_view lines) {
  const auto value_in = [](std::string_view json, std::string_view field) {
    const std::string key = "\"" + std::string(field) + "\":";
    const std::size_t at = json.find(key);
    if (at == std::string_view::npos) return std::string("nothing");
    json.remove_prefix(at + key.size());
    json = json.substr(0, json.find_first_of(",}"));
    if (json.starts_with('"')) json = json.substr(1, json.size() - 2);
    return std::string(json);
  };
  std::vector<std::string> all;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    const std::string type = value_in(line, "type");
    if (type == "game_state") all.push_back("game " + value_in(line, "game_number"));
    if (type == "milestone") all.push_back("milestone " + value_in(line, "key"));
    if (type == "system_status") all.push_back("viewers " + value_in(line, "viewers"));
    if (type == "metrics_history") all.push_back("history of " + value_in(line, "run_id"));
    if (type == "replay") all.push_back("replay");
  }
  return all;
}

}  // namespace keisei::past::testing
