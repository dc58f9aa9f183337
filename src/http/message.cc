#include "http/message.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/printable.h"

namespace keisei::http {
namespace {

struct StatusLine {
  int code;
  std::string_view reason;
};

StatusLine line_of(Status status) {
  switch (status) {
    case Status::ok:
      return {200, "OK"};
    case Status::no_content:
      return {204, "No Content"};
    case Status::not_modified:
      return {304, "Not Modified"};
    case Status::bad_request:
      return {400, "Bad Request"};
    case Status::unauthorized:
      return {401, "Unauthorized"};
    case Status::forbidden:
      return {403, "Forbidden"};
    case Status::not_found:
      return {404, "Not Found"};
    case Status::method_not_allowed:
      return {405, "Method Not Allowed"};
    case Status::conflict:
      return {409, "Conflict"};
    case Status::length_required:
      return {411, "Length Required"};
    case Status::payload_too_large:
      return {413, "Content Too Large"};
    case Status::misdirected:
      return {421, "Misdirected Request"};
    case Status::upgrade_required:
      return {426, "Upgrade Required"};
    case Status::too_many_requests:
      return {429, "Too Many Requests"};
    case Status::header_too_large:
      return {431, "Request Header Fields Too Large"};
    case Status::unavailable:
      return {503, "Service Unavailable"};
  }
  return {500, "Internal Server Error"};
}

// As the WebSocket's `error` message calls it.
std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::failed:
      return "failed";
    case ErrorCode::bad_json:
      return "bad_json";
    case ErrorCode::unknown_type:
      return "unknown_type";
    case ErrorCode::bad_field:
      return "bad_field";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::unauthorized:
      return "unauthorized";
    case ErrorCode::unavailable:
      return "unavailable";
  }
  return "";
}

}  // namespace

int code_of(Status status) { return line_of(status).code; }
std::string_view reason_of(Status status) { return line_of(status).reason; }

std::string Request::field(std::string_view name) const {
  std::string joined;
  for (const auto& [key, value] : fields) {
    if (!boost::beast::iequals(key, name)) continue;
    if (!joined.empty()) joined += ", ";
    joined += value;
  }
  return joined;
}

std::size_t Request::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(),
                    [&](const auto& field) { return boost::beast::iequals(field.first, name); }));
}

bool Request::has_token(std::string_view name, std::string_view token) const {
  const std::string value = field(name);
  return boost::beast::http::token_list(value).exists(token);
}

Response text_response(std::string content_type, std::string body) {
  return {Status::ok,
          std::move(content_type),
          std::make_shared<const std::string>(std::move(body)),
          {}};
}

Response problem_response(const Problem& problem) {
  boost::json::object json{{"type", "about:blank"},
                           {"title", reason_of(problem.status)},
                           {"status", code_of(problem.status)},
                           {"detail", printable(problem.detail)},
                           {"code", name_of(problem.code)}};
  if (!problem.field.empty()) json["field"] = printable(problem.field);
  Response response{problem.status,
                    "application/problem+json",
                    std::make_shared<const std::string>(boost::json::serialize(json) + "\n"),
                    {}};
  if (problem.status == Status::unauthorized) {
    response.fields.emplace_back("WWW-Authenticate", "Bearer");
  }
  return response;
}

}  // namespace keisei::http
