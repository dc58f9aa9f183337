#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/messages.h"

namespace keisei::edge {

/// The operator's word on whether training streams, and who is to hear it: the trainer that is
/// connected, and every later one. For the server's thread.
class StreamSwitch {
 public:
  /// Tells the trainer; false means stop.
  using Tell = std::function<void(bool streaming)>;

  explicit StreamSwitch(std::string operator_token) : token_(std::move(operator_token)) {}

  /// Obeys a `control` message. The error, if any, is ready to be sent and names the field.
  std::optional<protocol::ErrorMessage> obey(std::string_view json);

  /// The trainer in charge from now on. It is told at once what the operator said last.
  void set_trainer(Tell tell);

 private:
  std::string token_;
  std::optional<bool> streaming_;  // none: the operator has said nothing yet
  Tell tell_;
};

}  // namespace keisei::edge
