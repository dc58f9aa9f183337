#include "edge/public_api.h"

#include <string_view>

#include "edge/subscription.h"
#include "http/etag.h"
#include "http/query.h"
#include "protocol/codec.h"
#include "protocol/queries.h"
#include "protocol/read_query.h"

namespace keisei::edge {
namespace {

http::Response refuse(http::Status status, ErrorCode code, std::string why,
                      std::string_view field = "") {
  return http::problem_response({status, code, std::move(why), std::string(field)});
}

// The variant that a query such as "level=beginner&language=ja" asks for; else the refusal.
tl::expected<std::size_t, http::Response> variant_of(std::string_view target) {
  const auto query = http::query_of(target);
  if (!query) {
    return tl::unexpected(refuse(http::Status::bad_request, ErrorCode::failed,
                                 "a '%' of the query stands for nothing"));
  }
  const auto asked = protocol::read_query<protocol::VariantQuery>(*query);
  if (!asked) {
    const Error& error = asked.error();
    return tl::unexpected(
        refuse(http::Status::bad_request, error.code, error.message, error.field));
  }
  const Subscription unless_said;
  return protocol::variant_index(asked->level.value_or(unless_said.level),
                                 asked->language.value_or(unless_said.language));
}

}  // namespace

void PublicApi::take(const broker::FrameBatch& batch) {
  thread_.check();
  newest_.take(batch);
}

void PublicApi::add_routes(http::Router& router) {
  for (const protocol::ReadableRow& row : protocol::kReadable) {
    router.get(
        std::string(protocol::kPublicApi) + std::string(row.name),
        [this, message = row.message](const http::Request& request, const http::Reply& reply) {
          reply(respond(message, request));
        });
  }
}

http::Response PublicApi::respond(std::size_t message, const http::Request& request) {
  thread_.check();
  const auto variant = variant_of(request.target);
  if (!variant) return variant.error();
  const std::size_t slot = protocol::slot_of(message);
  const broker::FramePtr& frame = newest_.in_slot(slot);
  if (!frame) {
    return refuse(http::Status::not_found, ErrorCode::unavailable,
                  "there is none yet: no run has been heard of");
  }
  Page& page = pages_[slot][*variant];
  if (page.of != frame->variants[*variant]) {
    page.of = frame->variants[*variant];
    page.body =
        std::make_shared<const std::string>(std::string(protocol::data_of(*page.of)) + "\n");
    page.etag = http::etag_of(*page.body);
  }
  http::Response response;
  response.fields = {{"ETag", page.etag}, {"Cache-Control", "no-cache"}};
  if (http::has(request, page.etag)) {
    response.status = http::Status::not_modified;
    return response;
  }
  response.content_type = "application/json";
  response.body = page.body;
  return response;
}

}  // namespace keisei::edge
