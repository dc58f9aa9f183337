#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "broker/broker.h"
#include "protocol/messages.h"

namespace keisei::edge {

/// Passes the operator's word to the studio, from whoever knows the token.
class StreamSwitch {
 public:
  StreamSwitch(std::string operator_token, broker::EdgeSide& broker)
      : token_(std::move(operator_token)), broker_(broker) {}

  /// Obeys a `control` message. The error, if any, is ready to be sent and names the field.
  std::optional<protocol::ErrorMessage> obey(std::string_view json);

 private:
  std::string token_;
  broker::EdgeSide& broker_;
};

}  // namespace keisei::edge
