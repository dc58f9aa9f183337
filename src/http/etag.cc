#include "http/etag.h"

#include <openssl/sha.h>

#include <array>
#include <span>

#include "http/random_id.h"

namespace keisei::http {

std::string etag_of(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return '"' + to_hex(std::span(digest).first(12)) + '"';
}

bool has(const Request& request, const std::string& etag) {
  return request.field("If-None-Match").find(etag) != std::string::npos;
}

}  // namespace keisei::http
