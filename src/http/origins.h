#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keisei::http {

/// Whether a browser page of this origin may open a viewer's connection: the page served from the
/// same host, one served from this machine, or one on the list. `origin` is the Origin header,
/// empty for programs that are no browser; `host` the Host header. The list holds
/// "https://example.org".
bool is_origin_allowed(std::string_view origin, std::string_view host,
                       const std::vector<std::string>& allowed);

}  // namespace keisei::http
