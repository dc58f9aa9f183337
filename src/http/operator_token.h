#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei::http {

/// The operator's token: 256 bits in hexadecimal. It guards `/ingest` and the operator's port.
struct OperatorToken {
  std::string value;
  bool created;  // just now: show it to the operator, once
};

/// Reads the token, or makes the file (mode 0600) if there is none. The error says what to do.
Result<OperatorToken> load_or_create_token(const std::filesystem::path& file);

/// Whether an Authorization header carries the token. Takes the same time wherever they differ.
bool is_authorized(std::string_view authorization, std::string_view token);

}  // namespace keisei::http
