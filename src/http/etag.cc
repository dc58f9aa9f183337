#include "http/etag.h"

#include <openssl/sha.h>

#include <array>
#include <memory>
#include <span>
#include <utility>

#include "http/random_id.h"

namespace keisei::http {

std::string etag_of(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return '"' + to_hex(std::span(digest).first(12)) + '"';
}

bool has(const Request& request, const std::string& etag) {
  const std::string known = request.field("If-None-Match");
  return known == "*" || known.find(etag) != std::string::npos;
}

Response content_response(const Request& request, std::string type, std::string content) {
  Response response;
  const std::string etag = etag_of(content);
  response.fields = {{"ETag", etag}, {"Cache-Control", "no-cache"}};
  if (has(request, etag)) {
    response.status = Status::not_modified;
    return response;
  }
  response.content_type = std::move(type);
  response.body = std::make_shared<const std::string>(std::move(content));
  return response;
}

}  // namespace keisei::http
