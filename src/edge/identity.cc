#include "edge/identity.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace keisei::edge {
namespace {

template <std::size_t kBytes>
std::array<unsigned char, kBytes> random_bytes() {
  std::array<unsigned char, kBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the system's random source failed");
  }
  return bytes;
}

constexpr std::size_t kTokenDigits = 64;
constexpr std::string_view kScheme = "Bearer ";

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
  Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

}  // namespace

Id random_id() { return random_bytes<16>(); }

std::string to_hex(std::span<const unsigned char> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

Result<OperatorToken> load_or_create_token(const std::filesystem::path& file) {
  std::error_code failure;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), failure);
  const std::string made = to_hex(random_bytes<kTokenDigits / 2>());
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

}  // namespace keisei::edge
