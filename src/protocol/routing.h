#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include "protocol/messages.h"

/// How messages reach viewers, worked out at compile time from their descriptions: whoever carries
/// frames needs an index and these tables, and never a list of message types of its own.
namespace keisei::protocol {

/// The forms that a message is made in: every level in every language.
inline constexpr std::size_t kVariants = kEnumerators<Level> * kEnumerators<Language>;

constexpr std::size_t variant_index(Level level, Language language) {
  return static_cast<std::size_t>(level) * kEnumerators<Language> +
         static_cast<std::size_t>(language);
}

/// A message of the server, as its description states it.
struct MessageRow {
  std::string_view type;
  Route route;
};

namespace detail {

template <class... T>
constexpr std::array<MessageRow, sizeof...(T)> rows_of(MessageList<T...>) {
  return {MessageRow{Description<T>::type, Description<T>::route}...};
}

template <class Message, class... T>
constexpr std::size_t index_in(MessageList<T...>) {
  static_assert((std::is_same_v<Message, T> || ...), "not in ServerMessages");
  std::size_t index = 0;
  (void)((std::is_same_v<Message, T> || (++index, false)) || ...);
  return index;
}

}  // namespace detail

/// Every message of the server; its place here is its *message index*.
inline constexpr auto kMessageTable = detail::rows_of(ServerMessages{});

template <class Message>
constexpr std::size_t message_index() {
  return detail::index_in<Message>(ServerMessages{});
}

constexpr bool is_for_joining(std::size_t message) {
  return kMessageTable[message].route.delivery == Delivery::on_joining;
}
/// Whether it replaces its older selves: the newest is kept for whoever comes later.
constexpr bool is_newest_only(std::size_t message) {
  return kMessageTable[message].route.delivery == Delivery::newest || is_for_joining(message);
}

/// How many messages replace their older selves, and so how many places for such messages a viewer
/// needs.
inline constexpr std::size_t kSlots = [] {
  std::size_t slots = 0;
  for (std::size_t i = 0; i < kMessageTable.size(); ++i) slots += is_newest_only(i) ? 1 : 0;
  return slots;
}();

/// 0 to kSlots - 1. Precondition: is_newest_only(message).
constexpr std::size_t slot_of(std::size_t message) {
  std::size_t slot = 0;
  for (std::size_t i = 0; i < message; ++i) slot += is_newest_only(i) ? 1 : 0;
  return slot;
}

/// A bit for each slot.
using SlotMask = std::uint32_t;
static_assert(kSlots <= 8 * sizeof(SlotMask), "more newest-only messages than a SlotMask holds");

/// The slots of what is given on joining.
inline constexpr SlotMask kJoiningSlots = [] {
  SlotMask mask = 0;
  for (std::size_t i = 0; i < kMessageTable.size(); ++i) {
    if (is_for_joining(i)) mask |= SlotMask{1} << slot_of(i);
  }
  return mask;
}();

/// Viewers share a slot's frame, so it cannot be for one of them; a reply is for nobody else.
static_assert(std::all_of(kMessageTable.begin(), kMessageTable.end(), [](const MessageRow& row) {
  const Route& route = row.route;
  if (route.delivery == Delivery::newest) return route.audience != Audience::viewer;
  if (route.delivery == Delivery::on_joining) return route.audience == Audience::viewers;
  return route.delivery != Delivery::reply || route.audience == Audience::viewer;
}));

// A wish is `all`, or the channel of its number less one.
static_assert([] {
  constexpr auto kWishes = enumerator_names<ChannelWish>();
  constexpr auto kChannels = enumerator_names<Channel>();
  return kWishes.front() == "all" &&
         std::equal(kWishes.begin() + 1, kWishes.end(), kChannels.begin(), kChannels.end());
}());

/// A set of channels.
class ChannelMask {
 public:
  constexpr ChannelMask() = default;
  static constexpr ChannelMask all() {
    ChannelMask mask;
    for (const Channel channel : enumerators<Channel>()) mask.add(channel);
    return mask;
  }

  constexpr void add(ChannelWish wish) {
    if (wish == ChannelWish::all) {
      *this = all();
    } else {
      add(static_cast<Channel>(static_cast<int>(wish) - 1));
    }
  }
  constexpr void add(Channel channel) { bits_ = static_cast<Bits>(bits_ | bit(channel)); }
  constexpr bool has(Channel channel) const { return (bits_ & bit(channel)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(ChannelMask, ChannelMask) = default;
  std::vector<Channel> channels() const {
    std::vector<Channel> list;
    for (const Channel channel : enumerators<Channel>()) {
      if (has(channel)) list.push_back(channel);
    }
    return list;
  }

 private:
  using Bits = std::uint8_t;
  static_assert(kEnumerators<Channel> <= 8 * sizeof(Bits), "more channels than bits");
  static constexpr Bits bit(Channel channel) {
    return static_cast<Bits>(1U << static_cast<unsigned>(channel));
  }
  Bits bits_ = 0;
};

/// The channels that messages are really sent on. Replies need no subscription, so they make none.
constexpr ChannelMask sent_channels() {
  ChannelMask mask;
  for (const MessageRow& row : kMessageTable) {
    if (row.route.delivery != Delivery::reply) mask.add(row.route.channel);
  }
  return mask;
}

}  // namespace keisei::protocol
