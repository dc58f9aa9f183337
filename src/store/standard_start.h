#pragma once

#include <string_view>

namespace keisei::store {

/// Where almost all games begin.
inline constexpr std::string_view kStandardStart =
    "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";

}  // namespace keisei::store
