#pragma once

#include "base/clock.h"
#include "doctor/finding.h"
#include "http/server.h"

namespace keisei::doctor {

/// Whether a show could listen there, or one does already. If neither, who has the port.
Finding check_port(const std::string& check, const http::ListenOptions& options,
                   const Clock& clock);

}  // namespace keisei::doctor
