#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei::hook {

/// Where telemetry goes.
struct ShowcaseUrl {
  std::string host;
  std::string port;
  std::string target;  // path and query: "/ingest"
};

/// From "ws://host:port/path"; the port defaults to 80, the path to "/".
Result<ShowcaseUrl> parse_showcase_url(std::string_view url);

}  // namespace keisei::hook
