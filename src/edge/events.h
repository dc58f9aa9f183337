#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "edge/subscription.h"

/// Server-sent events (HTML Living Standard, §9.2), for viewers behind proxies that break
/// WebSockets: the same messages, one an event, over an answer that does not end.
namespace keisei::edge {

/// What the query of a request for events wishes, as a hello does: `level`, `language`, `channels`
/// with commas between them, `max_fps`, `quality`. The error names the parameter.
Result<Subscription> events_wish(std::string_view target);

/// The header of the answer. `origin` is that of the page, which has been allowed; empty for
/// programs that are no browser.
std::string events_header(std::string_view origin, WallTime now);

}  // namespace keisei::edge
