#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace keisei::http {

BOOST_DEFINE_ENUM_CLASS(Method, get, head, post, other)

/// The statuses that our servers answer with. Each of them is a label of the response counters.
BOOST_DEFINE_ENUM_CLASS(Status, ok, no_content, not_modified, bad_request, unauthorized, forbidden,
                        not_found, method_not_allowed, conflict, length_required, payload_too_large,
                        misdirected, upgrade_required, too_many_requests, header_too_large,
                        unavailable)

/// 404 for not_found.
int code_of(Status status);
/// "Not Found" (RFC 9110 §15).
std::string_view reason_of(Status status);

/// Who asks: behind trusted proxies, whom they ask for.
struct Client {
  boost::asio::ip::address address{};
  bool is_forwarded = false;  // the address is a proxy's word, not the socket's peer
};

/// What a client asked for.
struct Request {
  Method method = Method::get;
  std::string target{};  // as sent, but for a scheme and host: "/assets/app.js?v=1"
  bool is_http_1_0 = false;
  Client client{};
  std::vector<std::pair<std::string, std::string>> fields{};
  std::string body{};

  /// The target without its query.
  std::string_view path() const {
    return std::string_view(target).substr(0, target.find_first_of("?#"));
  }
  /// The value of a header field, whatever the case of its name; several of one name are joined by
  /// commas (RFC 9110 §5.3). Empty if there is none.
  std::string field(std::string_view name) const;
  /// How many fields of that name there are.
  std::size_t count(std::string_view name) const;
  /// Whether a field that is a list of tokens, such as Connection, has one, whatever its case.
  bool has_token(std::string_view name, std::string_view token) const;
};

/// What is answered. The session adds the length, the security headers and whether the connection
/// stays.
struct Response {
  Status status = Status::ok;
  std::string content_type{};
  std::shared_ptr<const std::string> body{};  // shared, so that a file is not copied; null: empty
  std::vector<std::pair<std::string, std::string>> fields{};
  bool is_endless = false;  // whoever takes the connection over goes on with the body
};

Response text_response(std::string content_type, std::string body);

/// A refusal as problem details (RFC 9457): `{"type":"about:blank","title":"Not Found",
/// "status":404,"detail":…,"code":"failed"}`, with our `field` where it is not empty.
struct Problem {
  Status status;
  ErrorCode code;  // `failed` where the status says it all
  std::string detail;
  std::string field{};
};
Response problem_response(const Problem& problem);

}  // namespace keisei::http
