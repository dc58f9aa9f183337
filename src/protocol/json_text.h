#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace keisei::protocol {

/// A document for people too: two spaces deeper for each level, what is short on one line, numbers
/// as short as they are, and everything in its order.
std::string json_text(const boost::json::value& value);

}  // namespace keisei::protocol
