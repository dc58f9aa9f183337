#include "edge/bundles.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>

namespace keisei::edge {
namespace {

using protocol::Channel;

std::string text_of(const Bundle& bundle) {
  std::string text;
  for (const iovec& vector : bundle.vectors()) {
    text.append(static_cast<const char*>(vector.iov_base), vector.iov_len);
  }
  EXPECT_EQ(text.size(), bundle.bytes());
  return text;
}

/// Frames of two channels, as events: each variant says which it is.
class BundlesTest : public ::testing::Test {
 protected:
  template <class Message>
  void show(const std::string& text) {
    broker::Frame frame{protocol::message_index<Message>(), {}};
    for (std::size_t variant = 0; variant < frame.variants.size(); ++variant) {
      frame.variants[variant] = std::make_shared<const std::string>(text + std::to_string(variant));
    }
    const std::size_t slot = protocol::slot_of(frame.message);
    newest_[slot] = Framed(frame);
    bundles_.add(slot);
  }
  std::string sent(const Subscription& wish) {
    return text_of(bundles_.of(wish, Framing::events, deflater_));
  }
  static std::string event(const std::string& text, std::size_t variant) {
    return event_bytes(text + std::to_string(variant));
  }
  static std::size_t variant_of(const Subscription& wish) {
    return protocol::variant_index(wish.level, wish.language);
  }

  std::array<Framed, protocol::kSlots> newest_;
  MessageDeflater deflater_;
  Bundles bundles_{newest_};
};

TEST_F(BundlesTest, HoldWhatIsNewAndNothingElse) {
  show<protocol::SystemStatus>("status");
  bundles_.clear();
  show<protocol::GameState>("game");
  const Subscription wish;
  EXPECT_EQ(sent(wish), event("game", variant_of(wish)));
  bundles_.clear();
  EXPECT_EQ(sent(wish), "");
}

// More than are remembered: every set of channels at every level and in both languages.
TEST_F(BundlesTest, GiveEachWishItsOwnHoweverManyThereAre) {
  show<protocol::GameState>("game");
  show<protocol::SystemStatus>("status");
  int wishes = 0;
  for (int channels = 0; channels < 1 << enumerators<Channel>().size(); ++channels) {
    for (const auto level : enumerators<protocol::Level>()) {
      for (const auto language : enumerators<protocol::Language>()) {
        Subscription wish{.level = level, .language = language, .channels = {}};
        for (const Channel channel : enumerators<Channel>()) {
          if ((channels >> static_cast<int>(channel) & 1) != 0) wish.channels.add(channel);
        }
        const std::string text = sent(wish);
        EXPECT_EQ(text.find(event("game", variant_of(wish))) != std::string::npos,
                  wish.channels.has(Channel::game));
        EXPECT_EQ(text.find(event("status", variant_of(wish))) != std::string::npos,
                  wish.channels.has(Channel::system));
        ++wishes;
      }
    }
  }
  EXPECT_GT(wishes, 1000);
}

}  // namespace
}  // namespace keisei::edge
