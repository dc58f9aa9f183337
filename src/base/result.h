#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace keisei {

/// Why an operation was refused, for programs; the codes that clients see are among these.
enum class ErrorCode {
  failed,        // nothing more is to be said than the message says
  bad_json,      // no JSON object
  unknown_type,  // a message of no known type
  bad_field,     // `field` is missing, of the wrong type or out of range
  too_large,     // longer than is read at all, or more work than is done for one question
  rate_limited,  // too much in too short a time: later is fine
  unauthorized,  // the token is not the one that is needed
  unavailable,   // cannot be done now, through no fault of who asked
};

/// Why an operation on input from outside failed. The message names what was wrong and where, in
/// words a user can act on; whoever decides by the reason reads `code` and `field`, never the
/// message.
struct Error {
  std::string message;
  std::string field{};  // path to what is wrong, "top[3].usi"; empty if it is about no field
  ErrorCode code = ErrorCode::failed;
};

/// Errors are values at module boundaries: a `Result` holds the value or the reason there is none.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail("rank 3: 10 squares")` in a function that returns any `Result`.
inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

/// The same for a caller that tells reasons apart.
inline tl::unexpected<Error> fail(ErrorCode code, std::string field, std::string message) {
  return tl::unexpected<Error>(Error{std::move(message), std::move(field), code});
}

}  // namespace keisei
