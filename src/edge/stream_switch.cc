#include "edge/stream_switch.h"

#include <utility>

#include "edge/identity.h"
#include "protocol/codec.h"

namespace keisei::edge {

std::optional<protocol::ErrorMessage> StreamSwitch::obey(std::string_view json) {
  const auto control = protocol::decode<protocol::Control>(json);
  if (!control) {
    return protocol::error_message(control.error());
  }
  if (!is_authorized("Bearer " + control->token, token_)) {
    return protocol::ErrorMessage{ErrorCode::unauthorized, "token", "token: not the operator's"};
  }
  streaming_ = control->command == protocol::Command::resume_streaming;
  if (tell_) tell_(*streaming_);
  return std::nullopt;
}

void StreamSwitch::set_trainer(Tell tell) {
  tell_ = std::move(tell);
  if (streaming_ && tell_) tell_(*streaming_);
}

}  // namespace keisei::edge
