#include "protocol/http_api.h"

#include <algorithm>

namespace keisei::protocol {
namespace {

bool is_readable(std::string_view route) {
  if (!route.starts_with(kPublicApi)) return false;
  const std::string_view name = route.substr(kPublicApi.size());
  return std::any_of(kReadable.begin(), kReadable.end(),
                     [&](const ReadableRow& row) { return row.name == name; });
}

}  // namespace

bool is_described(Port port, Verb verb, std::string_view route) {
  const auto is_it = [&](const Operation& operation) {
    return (operation.port == port || operation.port == Port::both) && operation.verb == verb &&
           operation.route() == route;
  };
  if (std::any_of(kOperations.begin(), kOperations.end(), is_it)) return true;
  if (port != Port::everyone || verb != Verb::get) return false;
  return is_readable(route) || route == kViewersAddress || route == kTrainersAddress;
}

}  // namespace keisei::protocol
