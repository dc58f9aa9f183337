#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "protocol/api_schemas.h"
#include "protocol/close_reason.h"
#include "protocol/documents.h"
#include "protocol/http_api.h"
#include "protocol/json_text.h"
#include "protocol/messages.h"

namespace keisei::protocol {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::string_view kAbout =
    "Made by keisei-protocol from src/protocol; do not edit. Every message is one JSON text in one "
    "WebSocket text frame, or in one server-sent event. docs/protocol.md says what `seq` counts, "
    "what may happen to a message on its way to a slow viewer, and why connections are closed. The "
    "version is that of the messages.";

object reference_to(const std::string& place) { return {{"$ref", "#/" + place}}; }

object server(std::string_view protocol, std::string_view doc) {
  return {{"host", "{host}:{port}"},
          {"protocol", protocol},
          {"description", doc},
          {"variables", {{"host", {{"default", "127.0.0.1"}}}, {"port", {{"default", "8080"}}}}}};
}

object messages_of(const ProtocolModel& model, std::initializer_list<Sender> senders) {
  object messages;
  for (const StructModel& s : model.structs) {
    if (s.type.empty()) continue;
    for (const Sender sender : senders) {
      if (s.sender == sender) {
        messages[s.type] = reference_to("components/messages/" + std::string(s.type));
      }
    }
  }
  return messages;
}

object operation(const ProtocolModel& model, std::string_view action, const std::string& channel,
                 Sender sender, std::string_view doc) {
  array messages;
  const object names = messages_of(model, {sender});
  for (const auto& member : names) {
    messages.push_back(
        reference_to("channels/" + channel + "/messages/" + std::string(member.key())));
  }
  return {{"action", action},
          {"channel", reference_to("channels/" + channel)},
          {"summary", doc},
          {"messages", std::move(messages)}};
}

object channels(const ProtocolModel& model) {
  const object yields{
      {"type", "object"},
      {"properties",
       {{kYieldHeader,
         {{"type", "string"},
          {"description", "Any: refuse me (409) while another trainer streams."}}}}}};
  return {{"viewers",
           {{"address", kViewersAddress},
            {"title", "Viewers"},
            {"description",
             "For anyone. Nothing is sent before the first hello. permessage-deflate (RFC 7692) is "
             "taken where it is offered."},
            {"servers", array{reference_to("servers/public")}},
            {"messages", messages_of(model, {Sender::client, Sender::server})},
            {"bindings", {{"ws", {{"method", "GET"}}}}}}},
          {"events",
           {{"address", kEventsOperation.path},
            {"title", "Viewers whose WebSockets are broken"},
            {"description",
             "Server-sent events, one message each. The hello is the request's query "
             "(docs/openapi.json, `streamEvents`)."},
            {"servers", array{reference_to("servers/events")}},
            {"messages", messages_of(model, {Sender::server})}}},
          {"trainers",
           {{"address", kTrainersAddress},
            {"title", "The trainer"},
            {"description",
             "With the operator token. A trainer that comes takes the place of the one before "
             "(close code 4001)."},
            {"servers", array{reference_to("servers/public")}},
            {"messages", messages_of(model, {Sender::trainer, Sender::showcase})},
            {"bindings", {{"ws", {{"method", "GET"}, {"headers", yields}}}}}}}};
}

object operations(const ProtocolModel& model) {
  object out{
      {"hearViewers", operation(model, "receive", "viewers", Sender::client,
                                "What viewers, and operators with their token, say.")},
      {"tellViewers",
       operation(model, "send", "viewers", Sender::server, "What viewers are shown.")},
      {"tellEvents", operation(model, "send", "events", Sender::server, "The same.")},
      {"hearTrainer", operation(model, "receive", "trainers", Sender::trainer, "Telemetry.")},
      {"answerTrainer", operation(model, "send", "trainers", Sender::showcase,
                                  "Confirmations, and the operator's word.")}};
  const array token{reference_to("components/securitySchemes/operatorToken")};
  out["hearTrainer"].as_object()["security"] = token;
  out["answerTrainer"].as_object()["security"] = token;
  return out;
}

object messages(const ProtocolModel& model) {
  object out;
  for (const StructModel& s : model.structs) {
    if (s.type.empty()) continue;
    out[s.type] = object{{"name", s.type},
                         {"summary", s.doc},
                         {"payload", schema_reference(std::string(s.name) + "Message")}};
  }
  return out;
}

}  // namespace

std::string asyncapi(const ProtocolModel& model) {
  object components{
      {"messages", messages(model)},
      {"securitySchemes",
       {{"operatorToken",
         {{"type", "http"},
          {"scheme", "bearer"},
          {"description", "`keisei-showcase token` prints it (docs/operator.md)."}}}}}};
  boost::json::value schemas = schemas_needed(component_schemas(model), components);
  separate_references(schemas);
  components["schemas"] = std::move(schemas);
  return json_text(
      object{{"asyncapi", "3.0.0"},
             {"info",
              {{"title", "Keisei Showcase"},
               {"version", std::to_string(kProtocolVersion) + ".0.0"},
               {"description", kAbout},
               {"license", {{"name", "MIT"}, {"url", "https://spdx.org/licenses/MIT.html"}}}}},
             {"defaultContentType", "application/json"},
             {"servers",
              {{"public", server("ws", "The public port.")},
               {"events", server("http", "The public port.")}}},
             {"channels", channels(model)},
             {"operations", operations(model)},
             {"components", std::move(components)}});
}

}  // namespace keisei::protocol
