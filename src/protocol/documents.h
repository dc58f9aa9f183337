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

/// The model with what only the API has besides: for the two documents about it.
ProtocolModel api_model();
/// `docs/openapi.json`: what the two ports answer over HTTP (http_api.h), OpenAPI 3.1.
std::string openapi(const ProtocolModel& model);
/// `docs/asyncapi.json`: what is said over connections that stay, AsyncAPI 3.
std::string asyncapi(const ProtocolModel& model);

}  // namespace keisei::protocol
