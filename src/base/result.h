#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace keisei {

/// Why an operation on input from outside failed. The message names what was wrong and where, in
/// words a user can act on.
struct Error {
  std::string message;
};

/// Errors are values at module boundaries: a `Result` holds the value or the reason there is none.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail("rank 3: 10 squares")` in a function that returns any `Result`.
inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace keisei
