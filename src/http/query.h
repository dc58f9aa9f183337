#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What an address holds besides plain letters (RFC 3986).
namespace keisei::http {

/// With "%2F" and the like as the bytes that they stand for; none if a '%' stands for nothing.
std::optional<std::string> percent_decoded(std::string_view text);

/// Names and values behind the '?' of a request's target, in their order, as forms write them: '+'
/// is a space. None if a '%' stands for nothing.
using Query = std::vector<std::pair<std::string, std::string>>;
std::optional<Query> query_of(std::string_view target);

}  // namespace keisei::http
