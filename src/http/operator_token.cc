#include "http/operator_token.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/beast/core/string.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/secret_file.h"
#include "http/random_id.h"

namespace keisei::http {
namespace {

constexpr std::size_t kTokenDigits = 64;
constexpr uid_t kAdministrator = 0;
constexpr mode_t kOwnersOnly = 0600;
constexpr mode_t kForeign = S_IWGRP | S_IROTH | S_IWOTH;
constexpr std::string_view kScheme = "Bearer ";
constexpr const char* kNewOne = "; delete the file to have a new one made";

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
  Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int operator*() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

auto about(const std::filesystem::path& file, const std::string& what) {
  return fail("the operator token " + file.string() + what);
}

// What to do about a file that cannot be read as a token.
std::string described(const std::filesystem::path& file, const SecretFlaw& flaw) {
  std::error_code unknown;
  switch (flaw.kind) {
    case SecretFlaw::Kind::absent:
      return std::filesystem::is_symlink(file, unknown)
                 ? " is a link that leads nowhere; remove it"
                 : " is not there; it is made when keisei-showcase starts with this --state-dir";
    case SecretFlaw::Kind::forbidden:
      return " may not be read by this user; run as the user whose file it is, or let this user "
             "read it";
    case SecretFlaw::Kind::unreadable:
      return " cannot be read" + flaw.what;
    case SecretFlaw::Kind::no_file:
      return flaw.what + "; remove it, or choose another --state-dir";
    case SecretFlaw::Kind::no_word:
      break;
  }
  return flaw.what + (flaw.what == " is empty" ? ", as a full disk may have left it" : "") +
         kNewOne;
}

// Empty, or why others may know the token. What another user has put there is that user's word.
std::string why_not_trusted(const Secret& secret) {
  if (secret.owner != ::geteuid() && secret.owner != kAdministrator) {
    return " belongs to another user (" + std::to_string(secret.owner) +
           "); run as that user, or remove it to have a new one made";
  }
  if ((secret.mode & kForeign) != 0) {
    return " can be read or changed by others on this machine; say `chmod 600` to it, and delete "
           "it first if they may have";
  }
  if (secret.word.size() < kTokenDigits) {
    return std::string(" is too short to be secret") + kNewOne;
  }
  return {};
}

bool is_written(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

// Whether the path is its own now; errno is EEXIST where another's is. A link is made or is not,
// but not every file system has them.
bool takes_place(const std::string& part, const std::filesystem::path& file) {
  if (::link(part.c_str(), file.c_str()) == 0) return true;
  return errno != EEXIST && ::rename(part.c_str(), file.c_str()) == 0;
}

// 0 when the file is there with all of it, else why not, with nothing left behind.
int error_of_making(const std::filesystem::path& file, const std::string& token) {
  const std::string part = file.string() + "." + to_hex(random_id()).substr(0, 8) + ".part";
  const Descriptor made(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnersOnly));
  if (!made.is_open()) return errno;
  const int error = is_written(*made, token + "\n") && takes_place(part, file) ? 0 : errno;
  ::unlink(part.c_str());
  return error;
}

}  // namespace

Result<std::string> read_operator_token(const std::filesystem::path& file) {
  auto secret = read_secret(file.string());
  if (!secret) return about(file, described(file, secret.error()));
  if (const std::string why = why_not_trusted(*secret); !why.empty()) return about(file, why);
  return std::move(secret->word);
}

Result<OperatorToken> load_or_create_token(const std::filesystem::path& file) {
  std::error_code failure;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), failure);
  struct stat status {};
  int error = EEXIST;
  if (::lstat(file.c_str(), &status) != 0) {
    std::array<unsigned char, kTokenDigits / 2> secret{};
    fill_random(secret);
    OperatorToken token{to_hex(secret), true};
    error = error_of_making(file, token.value);
    if (error == 0) return token;
  }
  if (error == EEXIST) {
    return read_operator_token(file).map([](std::string value) {
      return OperatorToken{std::move(value), false};
    });
  }
  return about(file, std::string(" cannot be made: ") + std::strerror(error) +
                         "; see that this user may write there and that the disk has room, or "
                         "choose another --state-dir");
}

bool is_authorized(std::string_view authorization, std::string_view token) {
  if (!boost::beast::iequals(authorization.substr(0, kScheme.size()), kScheme)) return false;
  // Digests have equal lengths, so not even the length of the token shows.
  const Digest given = digest_of(authorization.substr(kScheme.size()));
  const Digest wanted = digest_of(token);
  return CRYPTO_memcmp(given.data(), wanted.data(), wanted.size()) == 0;
}

}  // namespace keisei::http
