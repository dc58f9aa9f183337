#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "base/result.h"
#include "hook/events/event_list.h"

/// What the showcase would refuse, refused where the caller can still see it, by the rules of the
/// messages' descriptions. Every error names the argument: "probability: 1.5, expected 0 to 1".
///
/// The checks are of form and range; whether a move is legal is not looked at.
namespace keisei::binding {

/// NaN in a figure that may be unknown passes.
template <hook::HookEvent Event>
Result<void> check(const Event& event);

/// "argument: why".
Result<void> refuse(std::string_view argument, const std::string& why);
Result<void> too_long(std::string_view argument, std::size_t size, std::size_t most);

/// Copies with a terminating zero; an error when `text` does not fit or has a zero inside, behind
/// which nothing would be read.
template <std::size_t kSize>
Result<void> copy_text(std::string_view argument, std::string_view text,
                       std::array<char, kSize>& to) {
  if (text.size() >= kSize) return too_long(argument, text.size(), kSize - 1);
  if (text.find('\0') != std::string_view::npos) return refuse(argument, "has a zero inside");
  std::copy(text.begin(), text.end(), to.begin());
  std::fill(to.begin() + static_cast<std::ptrdiff_t>(text.size()), to.end(), '\0');
  return {};
}

/// The enumerator of that name.
template <class Enum>
Result<void> choose(std::string_view argument, std::string_view name, Enum& to) {
  if (const auto found = enumerator_of<Enum>(name)) {
    to = *found;
    return {};
  }
  std::string names;
  for (const std::string_view one : enumerator_names<Enum>()) {
    names += (names.empty() ? "" : ", ") + std::string(one);
  }
  return refuse(argument, "\"" + std::string(name) + "\", expected one of " + names);
}

/// Whether White is to move in a position that has been checked.
bool is_white_to_move(const hook::SfenText& sfen);

}  // namespace keisei::binding
