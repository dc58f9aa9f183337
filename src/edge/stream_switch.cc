#include "edge/stream_switch.h"

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
  broker_.submit(broker::OperatorSaid{control->command}, nullptr);
  return std::nullopt;
}

}  // namespace keisei::edge
