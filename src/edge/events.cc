#include "edge/events.h"

#include "http/query.h"
#include "http/response_bytes.h"
#include "protocol/read_query.h"
#include "protocol/session_messages.h"

namespace keisei::edge {

Result<Subscription> events_wish(std::string_view target) {
  const auto query = http::query_of(target);
  if (!query) return fail(ErrorCode::failed, "", "a '%' of the query stands for nothing");
  const auto hello = protocol::read_query<protocol::Hello>(*query);
  if (!hello) return tl::unexpected(hello.error());
  return changed(Subscription{}, *hello);
}

std::string events_header(std::string_view origin, WallTime now) {
  http::Response response;
  response.content_type = "text/event-stream";
  response.is_endless = true;
  response.fields = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  if (!origin.empty()) {
    response.fields.emplace_back("Access-Control-Allow-Origin", origin);
    response.fields.emplace_back("Vary", "Origin");
  }
  return http::header_bytes(response, false, now);
}

}  // namespace keisei::edge
