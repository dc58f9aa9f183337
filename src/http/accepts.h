#pragma once

#include <string_view>

namespace keisei::http {

/// How much a client that sends this Accept-Encoding likes a content coding, from 0 (not at all) to
/// 1 (RFC 9110 §12.5.3). What it does not name counts as `*`; without that it does not take it.
double liking(std::string_view accept_encoding, std::string_view coding);

}  // namespace keisei::http
