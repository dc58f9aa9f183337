#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keisei::http {

/// Whether a browser page of this origin may open a viewer's connection: the page served from the
/// same host, one served from this machine, or one on the list. `origin` is the Origin header,
/// empty for programs that are no browser; `host` the Host header. The list holds
/// "https://example.org".
bool is_origin_allowed(std::string_view origin, std::string_view host,
                       const std::vector<std::string>& allowed);

/// Whether a browser may ever call itself that: "https://example.org" or "http://10.0.0.2:8000", in
/// small letters, without a port that goes without saying and with nothing behind. Another one on
/// the list would never be recognised.
Result<void> check_origin(std::string_view origin);

}  // namespace keisei::http
