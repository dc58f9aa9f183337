#include "edge/health.h"

#include <fmt/format.h>

#include <string>

namespace keisei::edge {

http::Response health_response(const EdgeCounters& counters, WallTime now) {
  std::string left;
  for (const Leaving why : enumerators<Leaving>()) {
    const auto count = counters.left[why].value();
    if (count == 0) continue;
    left += fmt::format("{}\"{}\":{}", left.empty() ? "" : ",", to_string(why), count);
  }
  http::Response response = http::text_response(
      "application/json",
      fmt::format("{{\"status\":\"ok\",\"viewers\":{},\"joined\":{},\"frames\":{},\"conflated\":{},"
                  "\"left\":{{{}}},\"time\":{:.3f}}}\n",
                  counters.viewers.value(), counters.joined.value(), counters.frames.value(),
                  counters.conflated.value(), left, unix_seconds(now)));
  response.fields.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace keisei::edge
