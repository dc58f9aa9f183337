#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keisei::http {

/// Whether a request may call the server so. A page elsewhere can have its own name lead to this
/// machine (DNS rebinding), and its browser then takes the two for one site; but the name stays in
/// the request. So names are refused but for this machine's own ("localhost" and what ends so) and
/// those on the list; an address in the place of a name was nobody's to lend. `host` is the Host
/// header, with a port or without; empty for HTTP/1.0, which no browser speaks.
bool is_host_allowed(std::string_view host, const std::vector<std::string>& allowed);

/// Whether it is a name to put on the list: "show.example.org", in small letters, without a port.
Result<void> check_host(std::string_view name);

}  // namespace keisei::http
