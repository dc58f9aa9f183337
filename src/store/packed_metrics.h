#pragma once

#include <map>
#include <string>
#include <string_view>

#include "protocol/types.h"

namespace keisei::store {

/// Names and values of an update's metrics apart, since one update has the names of the next. What
/// is not finite is not known.
using Metrics = std::map<std::string, protocol::Number>;
std::string pack_names(const Metrics& metrics);
std::string pack_values(const Metrics& metrics);
Metrics unpack_metrics(std::string_view names, std::string_view values);

}  // namespace keisei::store
