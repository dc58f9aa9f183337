#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "broker/broker.h"
#include "protocol/codec.h"
#include "store/entries.h"
#include "studio/events.h"

namespace keisei::studio {

/// What leaves the studio together: frames for viewers, words for trainers; and what segments tell
/// each other meanwhile.
class Air {
 public:
  struct Word {
    broker::Session session;
    broker::Word word;
  };

  /// `sequence` counts the frames of this studio; it goes on from one batch to the next.
  Air(WallTime now, std::uint64_t& sequence) : timestamp_(unix_seconds(now)), sequence_(sequence) {}

  /// `make(level, language)` gives the message; variants that read the same share their bytes.
  template <class Make>
  void send(Make make);
  /// What reads the same at every level and in every language.
  template <class Message>
  void send_alike(const Message& message);
  void tell(broker::Session session, broker::Word word) {
    words_.push_back({session, std::move(word)});
  }
  /// What is promised (store::is_promised) comes back as EntriesKept: whoever tells viewers of it
  /// waits for that.
  void keep(store::Entry entry) { entries_.push_back(std::move(entry)); }
  void announce(Event event) { events_.push_back(std::move(event)); }

  /// Seconds since the epoch, as messages carry them.
  double timestamp() const { return timestamp_; }

  std::vector<broker::FramePtr> take_frames() { return std::exchange(frames_, {}); }
  std::vector<Word> take_words() { return std::exchange(words_, {}); }
  std::vector<store::Entry> take_entries() { return std::exchange(entries_, {}); }
  std::vector<Event> take_events() { return std::exchange(events_, {}); }

 private:
  using Texts = std::array<std::string, protocol::kVariants>;
  void add_frame(std::size_t message, Texts texts);

  double timestamp_;
  std::uint64_t& sequence_;
  std::vector<broker::FramePtr> frames_;
  std::vector<Word> words_;
  std::vector<store::Entry> entries_;
  std::vector<Event> events_;
};

template <class Make>
void Air::send(Make make) {
  using Message = decltype(make(protocol::Level{}, protocol::Language{}));
  static_assert(!protocol::is_for_joining(protocol::message_index<Message>()),
                "a viewer gets it once, whatever it chooses then");
  ++sequence_;
  Texts texts;
  for (const auto level : protocol::enumerators<protocol::Level>()) {
    for (const auto language : protocol::enumerators<protocol::Language>()) {
      texts[protocol::variant_index(level, language)] =
          protocol::encode(make(level, language), timestamp_, sequence_);
    }
  }
  add_frame(protocol::message_index<Message>(), std::move(texts));
}

template <class Message>
void Air::send_alike(const Message& message) {
  broker::Frame frame{protocol::message_index<Message>(), {}};
  frame.variants.fill(
      std::make_shared<const std::string>(protocol::encode(message, timestamp_, ++sequence_)));
  frames_.push_back(std::make_shared<const broker::Frame>(std::move(frame)));
}

}  // namespace keisei::studio
