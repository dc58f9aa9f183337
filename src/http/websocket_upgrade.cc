#include "http/websocket_upgrade.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace keisei::http {
namespace {

// 16 bytes in base64 (RFC 4648 §4): 22 digits and two pads.
bool is_key(std::string_view key) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return key.size() == 24 && key.ends_with("==") && key.find_first_not_of(kDigits) == 22;
}

tl::unexpected<Response> refuse(const Problem& problem) {
  Response response = problem_response(problem);
  if (problem.status == Status::upgrade_required) {
    response.fields.emplace_back("Upgrade", "websocket");
    response.fields.emplace_back("Sec-WebSocket-Version", "13");
  }
  return tl::unexpected<Response>(std::move(response));
}

}  // namespace

tl::expected<std::string, Response> accept_upgrade(const Request& request,
                                                   std::string_view extensions) {
  if (request.method != Method::get || request.is_http_1_0 ||
      !request.has_token("Upgrade", "websocket") || !request.has_token("Connection", "upgrade") ||
      request.field("Sec-WebSocket-Version") != "13") {
    return refuse(
        {Status::upgrade_required, ErrorCode::failed, "this path speaks WebSocket, version 13"});
  }
  const std::string key = request.field("Sec-WebSocket-Key");
  if (!is_key(key)) {
    return refuse({Status::bad_request, ErrorCode::bad_field,
                   "Sec-WebSocket-Key is not 16 bytes in base64, once", "Sec-WebSocket-Key"});
  }
  std::string accepted =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      accept_key(key) + "\r\n";
  if (!extensions.empty()) {
    accepted.append("Sec-WebSocket-Extensions: ").append(extensions).append("\r\n");
  }
  return accepted + "\r\n";
}

std::string accept_key(std::string_view key) {
  std::string text(key);
  text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  std::array<unsigned char, 29> base64{};
  EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  return reinterpret_cast<const char*>(base64.data());
}

}  // namespace keisei::http
