#include "edge/server.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cassert>
#include <string_view>
#include <utility>

#include "base/printable.h"
#include "edge/api_documents.h"
#include "edge/events.h"
#include "edge/health.h"
#include "http/clerk.h"
#include "http/hosts.h"
#include "http/operator_token.h"
#include "http/origins.h"
#include "http/random_id.h"
#include "http/websocket_upgrade.h"
#include "protocol/close_reason.h"
#include "protocol/http_api.h"

namespace keisei::edge {
namespace {

tl::unexpected<http::Response> refuse(http::Status status, ErrorCode code, std::string_view why) {
  return tl::unexpected<http::Response>(http::problem_response({status, code, std::string(why)}));
}

std::string_view words_for(NoRoom why) {
  switch (why) {
    case NoRoom::shutting_down:
      return "the show is ending";
    case NoRoom::full:
      return "too many viewers; try again later";
    case NoRoom::full_for_address:
      return "too many viewers from this address";
    case NoRoom::foreign_origin:
      return "this page may not connect; see --allow-origin";
  }
  return "";
}

std::string path(const protocol::Operation& operation) { return std::string(operation.route()); }

// The documents of the API leave none out.
[[maybe_unused]] bool are_described(const http::Router& router) {
  return router.all_of([](http::Method method, std::string_view route) {
    const auto verb = method == http::Method::post ? protocol::Verb::post : protocol::Verb::get;
    return protocol::is_described(protocol::Port::everyone, verb, route);
  });
}

// Of one address, besides its viewers.
constexpr std::size_t kMostAtThePage = 64;

// How many addresses are remembered for what they ask.
constexpr std::size_t kMostAsking = 4096;

// Everyone who is let in must find a descriptor.
ServerOptions fitted(ServerOptions options, Notices& notices) {
  const Capacity fits = capacity(options.admission, options.descriptors);
  Topic& topic = notices.topic("viewer_limit", "room for as many viewers as asked for");
  if (fits.viewers < options.admission.max_viewers) {
    topic.fails(std::to_string(fits.viewers) + " instead of " +
                std::to_string(options.admission.max_viewers) + ": the limit on open files is " +
                std::to_string(options.descriptors) + "; raise it (ulimit -n, LimitNOFILE=)");
  }
  options.admission.max_viewers = fits.viewers;
  options.listen.room = {
      fits.connections,
      std::min(options.admission.max_viewers_per_address, fits.connections) + kMostAtThePage};
  return options;
}

}  // namespace

Server::Server(boost::asio::io_context& context, ServerOptions options, http::StaticFiles files,
               broker::EdgeSide& broker, const Clock& clock, Counters& counters, Notices& notices)
    : options_(fitted(std::move(options), notices)),
      files_(std::move(files)),
      clock_(clock),
      counters_(counters),
      trainers_door_(notices.topic("trainers_door", "a trainer came to the door")),
      takeovers_(notices.topic("trainer_takeovers", "the trainer was replaced")),
      foreign_hosts_(notices.topic("foreign_hosts", "the show was called by another's name")),
      gate_(counters_.old_studio),
      admission_(options_.admission),
      questions_(options_.questions, kMostAsking),
      inbound_(broker, options_.operator_token, counters_),
      hub_(
          context, clock, counters_, ViewerCount(broker, clock, http::to_hex(http::random_id())),
          [this](Viewer& viewer, std::string_view json) {
            inbound_.take(viewer, json, [this](Viewer& greeted, const Subscription& wish) {
              hub_.greet(greeted, wish);
            });
          },
          options_.past),
      ingest_(context, broker, clock, gate_, counters_),
      http_(context, options_.listen,
            {routes(), options_.proxies, http::HttpCounters(counters, "keisei_edge_http"),
             http::PortTopics(notices, "public_port", "the public port"), clock}),
      attachment_(broker.attach({[this, &context](const broker::FrameBatch& batch) {
                                   if (!frames_.put(batch)) return;
                                   boost::asio::post(context, [this] { take_frames(); });
                                 },
                                 [this, &context](const broker::TrainerWord& word) {
                                   boost::asio::post(context, [this, word] {
                                     if (!gate_.admits(word.epoch, OldStudio::words)) return;
                                     ingest_.heard_of(word.epoch);
                                     ingest_.take(word);
                                   });
                                 }})) {}

void Server::take_frames() {
  for (const broker::FrameBatch& batch : frames_.take()) {
    if (!gate_.admits(batch.epoch, OldStudio::frames)) continue;
    ingest_.heard_of(batch.epoch);
    has_heard_ = true;
    api_.take(batch);
    hub_.take(batch);
  }
}

http::Router Server::routes() {
  http::Router router;
  router.guard([this](const http::Request& request) { return stranger(request); });
  router.upgrade(std::string(protocol::kViewersAddress),
                 [this](const http::Request& request) { return upgrade_viewer(request); });
  router.upgrade(path(protocol::kEventsOperation),
                 [this](const http::Request& request) { return open_events(request); });
  router.upgrade(std::string(protocol::kTrainersAddress),
                 [this](const http::Request& request) { return upgrade_trainer(request); });
  router.get(path(protocol::kHealthOperation),
             [this](const http::Request&, const http::Reply& reply) {
               reply(health_response(counters_, clock_.wall()));
             });
  router.get(path(protocol::kReadinessOperation),
             [this](const http::Request&, const http::Reply& reply) { reply(readiness()); });
  api_.add_routes(router);
  add_api_documents(router);
  if (options_.add_routes) options_.add_routes(router);
  router.fallback([this](const http::Request& request, const http::Reply& reply) {
    reply(files_.respond(request));
  });
  assert(are_described(router) && "a route is not in protocol/http_api.h");
  return router;
}

tl::expected<http::TakeOver, http::Response> Server::upgrade_viewer(const http::Request& request) {
  const auto deflate =
      options_.deflate ? accept_deflate(request.field("Sec-WebSocket-Extensions")) : std::nullopt;
  auto accepted = http::accept_upgrade(request, deflate ? deflate->response : "");
  if (!accepted) return tl::unexpected<http::Response>(std::move(accepted.error()));
  if (auto refused = refusal(request)) return tl::unexpected(*std::move(refused));
  return [this, address = request.client.address, speech = Speech::websocket(deflate),
          handshake = std::move(*accepted)](http::Accepted connection, std::string_view early) {
    hub_.admit(Admission::Seat(admission_, address), std::move(connection), speech, handshake,
               early);
  };
}

tl::expected<http::TakeOver, http::Response> Server::open_events(const http::Request& request) {
  const auto wish = events_wish(request.target);
  if (!wish) {
    return tl::unexpected(http::problem_response(
        {http::Status::bad_request, wish.error().code, wish.error().message, wish.error().field}));
  }
  if (auto refused = refusal(request)) return tl::unexpected(*std::move(refused));
  return [this, address = request.client.address, wish = *wish,
          header = events_header(request.field("Origin"), clock_.wall())](http::Accepted connection,
                                                                          std::string_view early) {
    const auto viewer = hub_.admit(Admission::Seat(admission_, address), std::move(connection),
                                   Speech::events(), header, early);
    if (!viewer->is_gone()) hub_.greet(*viewer, wish);
  };
}

// Whoever has the token is no page that has borrowed a name.
std::optional<http::Response> Server::stranger(const http::Request& request) {
  const std::string host = request.field("Host");
  if (!http::is_host_allowed(host, options_.allowed_hosts) &&
      !http::is_authorized(request.field("Authorization"), options_.operator_token)) {
    foreign_hosts_.happened(printable(host, 100) + "; if that is its name, see --allow-host");
    return http::problem_response({http::Status::misdirected, ErrorCode::failed,
                                   "this show does not go by that name; see --allow-host", "Host"});
  }
  if (!http::is_origin_allowed(request.field("Origin"), host, options_.allowed_origins)) {
    counters_.turned_away[NoRoom::foreign_origin].add();
    return http::problem_response({http::Status::forbidden, ErrorCode::failed,
                                   std::string(words_for(NoRoom::foreign_origin)), "Origin"});
  }
  if (request.path().starts_with(protocol::kApi) &&
      !questions_.take(request.client, clock_.steady())) {
    return http::with_retry_after(
        1, http::problem_response({http::Status::too_many_requests, ErrorCode::rate_limited,
                                   "too many questions from this address"}));
  }
  return std::nullopt;
}

// For whoever spreads viewers over edges: one with nothing to show, or that ends, gets none.
http::Response Server::readiness() const {
  const auto not_ready = [](std::string why) {
    return http::with_retry_after(
        1, http::problem_response(
               {http::Status::unavailable, ErrorCode::unavailable, std::move(why)}));
  };
  http::Response response;
  if (is_stopping_) {
    response = not_ready(std::string(words_for(NoRoom::shutting_down)));
  } else if (!has_heard_) {
    response = not_ready("no studio has been heard yet");
  } else {
    response = ready_response();
  }
  response.fields.emplace_back("Cache-Control", "no-store");
  return response;
}

std::optional<http::Response> Server::refusal(const http::Request& request) {
  if (const auto why = admission_.refusal(request.client)) {
    counters_.turned_away[*why].add();
    return http::problem_response(
        {http::Status::unavailable, ErrorCode::unavailable, std::string(words_for(*why))});
  }
  return std::nullopt;
}

tl::expected<http::TakeOver, http::Response> Server::upgrade_trainer(const http::Request& request) {
  if (!http::is_authorized(request.field("Authorization"), options_.operator_token)) {
    counters_.trainers_unauthorized.add();
    trainers_door_.happened("turned away from " + request.client.address.to_string() +
                            ": the operator token is missing or wrong");
    return refuse(http::Status::unauthorized, ErrorCode::unauthorized,
                  "the operator token is missing or wrong");
  }
  auto accepted = http::accept_upgrade(request);
  if (!accepted) return tl::unexpected<http::Response>(std::move(accepted.error()));
  if (!options_.no_trainer.empty()) {
    trainers_door_.happened("turned away from " + request.client.address.to_string() + ": " +
                            options_.no_trainer);
    return refuse(http::Status::unavailable, ErrorCode::unavailable, options_.no_trainer);
  }
  if (request.count(protocol::kYieldHeader) > 0 && ingest_.has_trainer()) {
    return refuse(http::Status::conflict, ErrorCode::unavailable, "another trainer streams");
  }
  return [this, address = request.client.address, handshake = std::move(*accepted)](
             http::Accepted connection, std::string_view early) {
    if (ingest_.has_trainer()) {
      takeovers_.happened("one from " + address.to_string() +
                          " took over from the one that was there");
    }
    ingest_.admit(std::move(connection), handshake, early);
  };
}

void Server::stop() {
  is_stopping_ = true;
  admission_.close();
  http_.stop();
  hub_.stop();
  ingest_.stop();
}

}  // namespace keisei::edge
