#pragma once

#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include "protocol/describe.h"

/// Events and messages have fields of the same names. What is said of a message's field (its rule,
/// its doc) is thereby said of the event's: encoding, checks and bindings go from here.
namespace keisei::hook {

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
concept Listed = boost::describe::has_describe_members<T>::value;

/// The place of a message's field; as many as there are if it has none of that name.
template <class Message>
constexpr std::size_t field_index(std::string_view name) {
  std::size_t index = 0;
  std::apply(
      [&](const auto&... fields) {
        (void)((fields.name == name ? false : (++index, true)) && ...);
      },
      protocol::Description<Message>::fields);
  return index;
}

/// For each field that `Struct` (an event, or a part of one) shares with `Message`, in the struct's
/// order: visit(pointer to the struct's member, the message's protocol::Field).
template <class Struct, class Message, class Visit>
constexpr void each_matched_field(Visit visit) {
  boost::mp11::mp_for_each<MembersOf<Struct>>([&]<class Member>(Member) {
    constexpr std::size_t kField = field_index<Message>(Member::name);
    constexpr std::size_t kCount = field_index<Message>({});
    if constexpr (kField < kCount) {
      visit(Member::pointer, std::get<kField>(protocol::Description<Message>::fields));
    } else {
      // Part of the game's name there.
      static_assert(Member::name == std::string_view("game_number"),
                    "the message has no field of this name");
    }
  });
}

/// How many of a message's fields `Struct` fills in.
template <class Struct, class Message>
constexpr std::size_t matched_fields() {
  std::size_t count = 0;
  each_matched_field<Struct, Message>([&](auto, const auto&) { ++count; });
  return count;
}

}  // namespace keisei::hook
