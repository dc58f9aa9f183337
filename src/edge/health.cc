#include "edge/health.h"

#include <string>

#include "protocol/api_answers.h"
#include "protocol/encode.h"

namespace keisei::edge {

http::Response health_response(const EdgeCounters& counters, WallTime now) {
  protocol::EdgeHealth health{.status = protocol::HealthWord::ok,
                              .viewers = static_cast<int>(counters.viewers.value()),
                              .joined = static_cast<std::int64_t>(counters.joined.value()),
                              .frames = static_cast<std::int64_t>(counters.frames.value()),
                              .conflated = static_cast<std::int64_t>(counters.conflated.value()),
                              .left = {},
                              .time = unix_seconds(now)};
  for (const Leaving why : enumerators<Leaving>()) {
    const auto count = static_cast<std::int64_t>(counters.left[why].value());
    if (count > 0) health.left.emplace(to_string(why), count);
  }
  std::string body;
  protocol::write(body, health);
  http::Response response = http::text_response("application/json", body + "\n");
  response.fields.emplace_back("Cache-Control", "no-store");
  return response;
}

http::Response ready_response() {
  std::string body;
  protocol::write(body, protocol::Readiness{protocol::HealthWord::ok});
  return http::text_response("application/json", body + "\n");
}

}  // namespace keisei::edge
