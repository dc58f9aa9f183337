#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "protocol/ingest_replies.h"
#include "protocol/messages.h"
#include "protocol/telemetry.h"

/// Messages to JSON and back. All functions are thread-safe.
namespace keisei::protocol {

/// `{"type":…,"timestamp":…,"seq":…,"data":{…}}`, always valid JSON and valid UTF-8: what is not
/// UTF-8 in a text becomes U+FFFD, what is not finite becomes null. Bounds are not checked.
/// Numbers have as many significant digits as their field's rule says.
template <class T>
std::string encode(const T& message, double timestamp, std::uint64_t seq);

/// The `data` of what encode() has made.
std::string_view data_of(std::string_view encoded);
/// Its `timestamp`; 0 of what encode() has not made.
double timestamp_of(std::string_view encoded);

/// The message, or which field is wrong and why: "max_fps: 0 is not in 1..60", and its path in
/// `Error::field`: "top[3].usi". The code is one of bad_json, unknown_type, bad_field, too_large,
/// unavailable (out of memory). Never throws. Fields that are not described are refused in server
/// and trainer messages and ignored in client ones. A client message may also be its bare fields.
template <class T>
Result<T> decode(std::string_view json);

/// What a viewer or operator may say, decoded by its type; what has none is a hello.
using ClientMessage = ClientMessages::Variant;
Result<ClientMessage> decode_client(std::string_view json);

/// What a trainer may say, decoded by its type.
using Telemetry = TelemetryMessages::Variant;
Result<Telemetry> decode_telemetry(std::string_view json);

/// What a showcase may answer a trainer, decoded by its type.
using IngestReply = IngestReplies::Variant;
Result<IngestReply> decode_ingest_reply(std::string_view json);

/// The value of a message's `type`: "ppo_metrics".
template <class T>
constexpr std::string_view type_of() {
  return Description<T>::type;
}

}  // namespace keisei::protocol
