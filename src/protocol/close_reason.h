#pragma once

#include <cstdint>
#include <string_view>

/// How two trainers that stream to one showcase get along. The newest one counts, since the one
/// before it may be a dead one that looks alive; the one before is told so and keeps away.
namespace keisei::protocol {

/// The close frame that a trainer gets when another has connected. A code of our own (RFC 6455
/// §7.4.2), because 1001 would bid it come again at once.
inline constexpr std::uint16_t kReplacedCode = 4001;
inline constexpr std::string_view kReplacedReason = "another trainer took over";

/// The request header, with any value, of a trainer that was replaced and looks whether it may come
/// back: a showcase that has a trainer answers it with 409 and keeps the one it has.
inline constexpr std::string_view kYieldHeader = "Keisei-Yield";

}  // namespace keisei::protocol
