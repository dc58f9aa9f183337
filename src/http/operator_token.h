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

/// The token of a file that is this user's or the administrator's, that its owner alone may write
/// and nobody else but its group may read. Never waits, whatever is at that path. The error says
/// what is there instead, and what to do.
Result<std::string> read_operator_token(const std::filesystem::path& file);

/// Reads the token, or makes the file (mode 0600) if there is none: whole or not at all, also when
/// the disk is full or another process makes it at the same time.
Result<OperatorToken> load_or_create_token(const std::filesystem::path& file);

/// Whether an Authorization header carries the token. Takes the same time wherever they differ.
bool is_authorized(std::string_view authorization, std::string_view token);

}  // namespace keisei::http
