#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "binding/fork_safe_hook.h"
#include "binding/keisei_hook.h"

struct keisei_hook {
  keisei::binding::ForkSafeHook hook;
};

namespace keisei::binding {

inline constexpr const char* kForked =
    "hook: created in another process, of which this one is a fork";

/// Where a caller wants to read what was wrong, if anywhere.
struct ErrorText {
  char* text;
  std::size_t size;

  keisei_hook_status write(std::string_view message, keisei_hook_status status) const noexcept {
    if (text == nullptr || size == 0) return status;
    const std::size_t length = std::min(message.size(), size - 1);
    std::memcpy(text, message.data(), length);
    text[length] = '\0';
    return status;
  }
};

}  // namespace keisei::binding
