#pragma once

#include <sys/types.h>

#include <string>
#include <tl/expected.hpp>

namespace keisei {

/// A word that is kept in a file of its own, such as a token, and who can have put it there.
struct Secret {
  std::string word;  // of visible ASCII
  uid_t owner;
  mode_t mode;
};

/// Why a file holds no secret.
struct SecretFlaw {
  enum class Kind {
    absent,
    forbidden,  // to this user
    unreadable,
    no_file,  // a folder, a pipe, …
    no_word,  // nothing in it, or something else
  };
  Kind kind;
  std::string what;  // goes behind the file's name: " is empty", ": No such file or directory"
};

/// The one line of a file. Never waits, whatever the path leads to, and reads no more than a
/// little.
tl::expected<Secret, SecretFlaw> read_secret(const std::string& path);

}  // namespace keisei
