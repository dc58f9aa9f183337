#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei::hook {

/// Where telemetry goes.
struct ShowcaseUrl {
  std::string host;
  std::string port;
  std::string target;   // path and query: "/ingest"
  bool secure = false;  // wss://
};

/// From "ws://host:port/path" or "wss://…"; the port defaults to 80 or 443, the path to "/".
Result<ShowcaseUrl> parse_showcase_url(std::string_view url);

}  // namespace keisei::hook
