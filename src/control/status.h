#pragma once

#include <string>

#include "base/clock.h"
#include "base/notices.h"
#include "protocol/api_answers.h"

namespace keisei::control {

/// What `GET /api/v1/status` answers.
protocol::ShowStatus status_of(const Notices& notices, const Clock& clock, SteadyTime began);
std::string json_of(const protocol::ShowStatus& status);

}  // namespace keisei::control
