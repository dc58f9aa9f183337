#include "hook/transport/token_file.h"

#include <utility>

#include "base/secret_file.h"

namespace keisei::hook {

Result<std::string> read_trainers_token(const std::string& path) {
  auto secret = read_secret(path);
  if (!secret) return fail(path + secret.error().what);
  return std::move(secret->word);
}

}  // namespace keisei::hook
