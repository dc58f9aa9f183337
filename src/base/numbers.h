#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keisei {

/// What a number that somebody has written may be. Called with the text it is a check as CLI11
/// wants them: empty if the text is such a number, else why not. Whole numbers are plain decimal
/// digits: no "0x50", and no "010", which others read as eight.
struct WholeNumber {
  std::int64_t least;
  std::int64_t most;

  std::string operator()(std::string_view text) const;
};

/// The same for numbers with a fraction. Neither NaN nor infinity is within any bounds.
struct RealNumber {
  double least;
  double most;

  std::string operator()(std::string_view text) const;
};

}  // namespace keisei
