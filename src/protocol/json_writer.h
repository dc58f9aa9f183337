#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// JSON written straight into a string: short numbers, valid UTF-8 whatever comes in.
namespace keisei::protocol {

/// `digits` significant ones, but always all before the point; null when not finite.
void append_number(std::string& out, double value, int digits);
/// Beyond 2^53, where a reader's double would lose digits, the nearest bound is written.
void append_integer(std::string& out, std::int64_t value);
/// Quoted and escaped; each invalid UTF-8 byte becomes U+FFFD.
void append_text(std::string& out, std::string_view text);

}  // namespace keisei::protocol
