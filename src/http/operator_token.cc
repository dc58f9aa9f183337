#include "http/operator_token.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "http/random_id.h"

namespace keisei::http {
namespace {

constexpr std::size_t kTokenDigits = 64;
constexpr std::string_view kScheme = "Bearer ";

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
  Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

}  // namespace

Result<OperatorToken> load_or_create_token(const std::filesystem::path& file) {
  std::error_code failure;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), failure);
  std::array<unsigned char, kTokenDigits / 2> secret{};
  fill_random(secret);
  const std::string made = to_hex(secret);
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    const std::string line = made + "\n";
    const auto written = ::write(descriptor, line.data(), line.size());
    ::close(descriptor);
    if (written != static_cast<ssize_t>(line.size())) {
      return fail("cannot write the operator token to " + file.string());
    }
    return OperatorToken{made, true};
  }
  if (errno != EEXIST) {
    return fail("cannot make the operator token " + file.string() + ": " + std::strerror(errno) +
                "; choose another --state-dir");
  }
  std::ifstream in(file);
  std::string token;
  if (!(in >> token) || token.size() < kTokenDigits) {
    return fail("the operator token in " + file.string() +
                " cannot be read or is too short; delete the file to have a new one made");
  }
  return OperatorToken{token, false};
}

bool is_authorized(std::string_view authorization, std::string_view token) {
  if (authorization.substr(0, kScheme.size()) != kScheme) return false;
  // Digests have equal lengths, so not even the length of the token shows.
  const Digest given = digest_of(authorization.substr(kScheme.size()));
  const Digest wanted = digest_of(token);
  return CRYPTO_memcmp(given.data(), wanted.data(), wanted.size()) == 0;
}

}  // namespace keisei::http
