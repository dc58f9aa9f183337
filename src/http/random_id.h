#pragma once

#include <array>
#include <span>
#include <string>

namespace keisei::http {

/// 128 bits from the system's cryptographic source.
using RandomId = std::array<unsigned char, 16>;
RandomId random_id();
/// Fills the bytes from the same source.
void fill_random(std::span<unsigned char> bytes);
std::string to_hex(std::span<const unsigned char> bytes);

}  // namespace keisei::http
