#include "recording/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <variant>

#include "protocol/types.h"
#include "studio/programme.h"

namespace keisei::recording {

std::string checksum_of_texts(const studio::Content& content) {
  std::string all;
  for (const auto language : protocol::enumerators<protocol::Language>()) {
    for (const auto& [key, text] : content.texts(language)) {
      all.append(key).append(1, '\0').append(text).append(1, '\0');
    }
  }
  return fmt::format("{:08x}", checksum_of(all));
}

Replay::Replay(Reader reader, const studio::Content& content)
    : reader_(std::move(reader)),
      content_(content),
      last_(reader_.last_moment()),
      clock_(begin()),
      studio_(make_studio()) {}

studio::Studio Replay::make_studio() {
  studio::ProgrammeOptions options;
  options.director.per_move = std::chrono::milliseconds(reader_.header().per_move_ms);
  return studio::Studio(
      studio::programme(content_, library_, clock_, options, counters_, notices_), clock_,
      {.publish = [this](std::vector<broker::FramePtr> frames) { frames_ = std::move(frames); },
       .tell = [](const studio::Air::Word&) {},
       .keep = [this](std::vector<store::Entry> entries) { promise(std::move(entries)); }});
}

std::optional<Moment> Replay::next() {
  if (!next_) next_ = reader_.next();
  return next_ ? std::optional(next_->at) : std::nullopt;
}

std::vector<broker::FramePtr> Replay::take() {
  next();
  Turn turn = std::move(*std::exchange(next_, std::nullopt));
  clock_.set(turn.at);
  library_.hold(std::move(turn.recalls));
  work_in(turn.cause);
  return std::exchange(frames_, {});
}

void Replay::work_in(const Cause& cause) {
  if (const auto* input = std::get_if<broker::Input>(&cause)) {
    studio_.handle(*input);
  } else if (const auto* answered = std::get_if<PromiseAnswered>(&cause)) {
    // There is none if this code keeps less than that of then.
    if (!promised_.empty()) {
      studio_.handle(studio::EntriesKept{promised_.front(), answered->kept});
      promised_.pop_front();
    }
  }
  studio_.advance();
}

void Replay::promise(std::vector<store::Entry> entries) {
  auto promised = std::make_shared<std::vector<store::Entry>>();
  std::copy_if(std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()),
               std::back_inserter(*promised), store::is_promised);
  if (!promised->empty()) promised_.push_back(std::move(promised));
}

store::RecalledRun Replay::RecalledLibrary::recall(const std::optional<std::string>& run_id) {
  const auto found = std::find_if(recalls_.begin(), recalls_.end(),
                                  [&](const Recall& recall) { return recall.run_id == run_id; });
  if (found == recalls_.end()) return nullptr;
  const Recall answer = std::move(*found);
  recalls_.erase(found);
  if (!answer.is_unreadable) return answer.memory;
  return tl::unexpected(
      store::StoreError{store::StoreError::Kind::passing, "it could not be read then"});
}

std::string Replay::difference() const {
  const Header& header = reader_.header();
  if (header.program != KEISEI_VERSION) {
    return fmt::format("it was made by keisei-showcase {}", header.program);
  }
  if (header.texts != checksum_of_texts(content_)) return "it was made with other texts";
  return {};
}

}  // namespace keisei::recording
