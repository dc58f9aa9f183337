#include "control/server.h"

#include <chrono>
#include <optional>
#include <utility>

#include "control/exposition.h"
#include "control/status.h"
#include "http/operator_token.h"

namespace keisei::control {

Server::Server(boost::asio::io_context& context, ServerOptions options, broker::EdgeSide& broker,
               const Clock& clock, Counters& counters, Notices& notices)
    : options_(std::move(options)),
      clock_(clock),
      counters_(counters),
      notices_(notices),
      began_(clock.steady()),
      words_(broker, clock, counters),
      http_(context, options_.listen,
            {routes(),
             {},
             http::HttpCounters(counters, "keisei_control_http"),
             http::PortTopics(notices, "operator_port", "the operator's port"),
             clock}) {}

http::Router Server::routes() {
  http::Router router;
  router.guard([this](const http::Request& request) -> std::optional<http::Response> {
    if (http::is_authorized(request.field("Authorization"), options_.operator_token)) {
      return std::nullopt;
    }
    return http::problem_response({http::Status::unauthorized, ErrorCode::unauthorized,
                                   "the operator token is missing or wrong"});
  });
  router.post("/api/v1/streaming", OperatorWords::kMaxBody,
              [this](const http::Request& request, const http::Reply& reply) {
                words_.on_streaming(request, reply);
              });
  router.post("/api/v1/game", OperatorWords::kMaxBody,
              [this](const http::Request& request, const http::Reply& reply) {
                words_.on_game(request, reply);
              });
  router.get("/api/v1/status", [this](const http::Request&, const http::Reply& reply) {
    http::Response response =
        http::text_response("application/json", json_of(status_of(notices_, clock_, began_)));
    response.fields.emplace_back("Cache-Control", "no-store");
    reply(std::move(response));
  });
  router.get("/metrics", [this](const http::Request&, const http::Reply& reply) {
    reply(http::text_response(
        kExpositionType, exposition(counters_.read()) + exposition(families_of(notices_.read()))));
  });
  router.get("/healthz", [this](const http::Request&, const http::Reply& reply) {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - began_);
    reply(http::text_response("application/json", "{\"status\":\"ok\",\"uptime_s\":" +
                                                      std::to_string(age.count()) + "}\n"));
  });
  return router;
}

}  // namespace keisei::control
