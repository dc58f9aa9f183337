#pragma once

#include <string>

#include "protocol/model.h"

/// The files that are generated from the messages and committed. Pure functions of the model.
namespace keisei::protocol {

/// `ui/src/protocol/messages.ts`: the types, and `decode()`, the only door for server messages.
std::string typescript(const ProtocolModel& model);
/// `docs/protocol.schema.json`: JSON Schema 2020-12 of every message.
std::string json_schema(const ProtocolModel& model);
/// `docs/protocol.md`: every message, field, unit, range and meaning.
std::string reference(const ProtocolModel& model);

}  // namespace keisei::protocol
