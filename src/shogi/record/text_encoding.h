#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

/// Game records come in UTF-8, or in Shift_JIS as Windows writes it (code page 932).
namespace keisei::shogi {

/// The text in UTF-8 without a byte order mark: as it is if it is valid UTF-8, otherwise read as
/// Shift_JIS. The error names the first byte that is neither.
Result<std::string> to_utf8(std::string_view bytes);

/// Fails at the first character that Shift_JIS lacks.
Result<std::string> to_shift_jis(std::string_view utf8);

}  // namespace keisei::shogi
