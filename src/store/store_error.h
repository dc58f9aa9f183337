#pragma once

#include <string>
#include <tl/expected.hpp>

namespace SQLite {
class Exception;
}

namespace keisei::store {

/// Why something could not be written or read.
struct StoreError {
  enum class Kind {
    entry,     // one of the entries is at fault: the others can be written without it
    passing,   // as a full disk is: the next try may succeed
    broken,    // the connection is to be opened anew
    unusable,  // the file is damaged, foreign or of a newer version: nothing may be written to it
  };
  Kind kind;
  std::string why;
};

template <class T>
using Stored = tl::expected<T, StoreError>;

StoreError error_of(const SQLite::Exception& failure, const std::string& path);

}  // namespace keisei::store
