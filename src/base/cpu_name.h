#pragma once

#include <string>

namespace keisei {

/// The processor's name as Linux tells it, without characters that JSON would have to escape;
/// "unknown" where it does not tell.
std::string cpu_name();

}  // namespace keisei
