#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keisei {

/// Text from outside as a part of one line that a person reads: control characters and what is not
/// UTF-8 become escapes (`\n`, `\x1b`), so that nobody can forge a line, a column or a colour. Cut
/// to at most `most_bytes`, with "…" where something is missing.
std::string printable(std::string_view text, std::size_t most_bytes = 512);

}  // namespace keisei
