#include "control/server.h"

#include <cassert>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "control/exposition.h"
#include "control/status.h"
#include "http/operator_token.h"
#include "protocol/encode.h"
#include "protocol/http_api.h"

namespace keisei::control {
namespace {

std::string path(const protocol::Operation& operation) { return std::string(operation.route()); }

static_assert(kExpositionType == protocol::detail::kExposition.front());

// The next one may be another.
http::Response of_now(std::string type, std::string text) {
  http::Response response = http::text_response(std::move(type), std::move(text));
  response.fields.emplace_back("Cache-Control", "no-store");
  return response;
}

// The document of the API leaves none out.
[[maybe_unused]] bool are_described(const http::Router& router) {
  return router.all_of([](http::Method method, std::string_view route) {
    const auto verb = method == http::Method::post ? protocol::Verb::post : protocol::Verb::get;
    return protocol::is_described(protocol::Port::operators, verb, route);
  });
}

}  // namespace

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
  router.post(path(protocol::kStreamingOperation), OperatorWords::kMaxBody,
              [this](const http::Request& request, const http::Reply& reply) {
                words_.on_streaming(request, reply);
              });
  router.post(path(protocol::kCommandOperation), OperatorWords::kMaxBody,
              [this](const http::Request& request, const http::Reply& reply) {
                words_.on_game(request, reply);
              });
  router.get(path(protocol::kStatusOperation),
             [this](const http::Request&, const http::Reply& reply) {
               reply(of_now("application/json", json_of(status_of(notices_, clock_, began_))));
             });
  router.get(
      path(protocol::kMetricsOperation), [this](const http::Request&, const http::Reply& reply) {
        reply(of_now(std::string(kExpositionType),
                     exposition(counters_.read()) + exposition(families_of(notices_.read()))));
      });
  router.get(
      path(protocol::kHealthOperation), [this](const http::Request&, const http::Reply& reply) {
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - began_);
        std::string body;
        protocol::write(body, protocol::OperatorHealth{protocol::HealthWord::ok, age.count()});
        reply(of_now("application/json", body + "\n"));
      });
  assert(are_described(router) && "a route is not in protocol/http_api.h");
  return router;
}

}  // namespace keisei::control
