#include <fmt/format.h>

#include "protocol/documents.h"
#include "protocol/json_writer.h"

namespace keisei::protocol {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

template <class Texts>
std::string text_list(const Texts& texts) {
  std::string out = "[";
  for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + quoted(text);
  return out + "]";
}

std::string number_bounds(const Rule& rule, bool integer) {
  std::string out;
  const double least = integer ? -static_cast<double>(kMaxInteger) : -kUnbounded;
  const double most = integer ? static_cast<double>(kMaxInteger) : kUnbounded;
  const double min = std::max(rule.min, least);
  const double max = std::min(rule.max, most);
  if (min != -kUnbounded) {
    out += R"(, "minimum": )";
    append_number(out, min, kTimeDigits);
  }
  if (max != kUnbounded) {
    out += R"(, "maximum": )";
    append_number(out, max, kTimeDigits);
  }
  return out;
}

/// The members of a type's schema object, without its braces.
std::string type_schema(const TypeModel& type, const Rule& rule) {
  Rule item = rule;
  item.max_size = rule.item_max_size;
  switch (type.kind) {
    case Kind::boolean:
      return R"("type": "boolean")";
    case Kind::integer:
      return R"("type": "integer")" + number_bounds(rule, true);
    case Kind::number:
      return R"("type": "number")" + number_bounds(rule, false);
    case Kind::text:
      return fmt::format(R"("type": "string", "maxLength": {})", rule.max_size);
    case Kind::board_map:
      return R"("$ref": "#/$defs/BoardMap")";
    case Kind::series:
      return R"("$ref": "#/$defs/Series")";
    case Kind::enum_map:
      return fmt::format(R"("$ref": "#/$defs/{}Map")", type.name);
    case Kind::enumeration:
    case Kind::part:
      return fmt::format(R"("$ref": "#/$defs/{}")", type.name);
    case Kind::list:
    case Kind::map:
      break;
  }
  std::string items = type_schema(*type.item, item);
  if (type.item->optional) items = fmt::format(R"("anyOf": [{{{}}}, {{"type": "null"}}])", items);
  if (type.kind == Kind::list) {
    return fmt::format(R"("type": "array", "maxItems": {}, "items": {{{}}})", rule.max_size, items);
  }
  return fmt::format(
      R"("type": "object", "maxProperties": {}, "propertyNames": {{"maxLength": {}}}, )"
      R"("additionalProperties": {{{}}})",
      rule.max_size, rule.item_max_size, items);
}

/// Of a field or an entry of a map.
template <class Model>
std::string with_unit(const Model& model) {
  std::string text(model.doc);
  if (!model.rule.unit.empty()) text += fmt::format(" Unit: {}.", model.rule.unit);
  return text;
}

/// An object with all values of an enum as keys, each within its own bounds.
std::string entries_schema(const EnumModel& e) {
  std::string properties;
  for (std::size_t i = 0; i < e.values.size(); ++i) {
    properties += fmt::format(
        "{}        {}: {{\"description\": {}, \"anyOf\": [{{\"type\": \"number\"{}}}, "
        "{{\"type\": \"null\"}}]}}",
        i == 0 ? "" : ",\n", quoted(e.values[i]), quoted(with_unit(e.entries[i])),
        number_bounds(e.entries[i].rule, false));
  }
  return fmt::format(
      "    {}: {{\n      \"type\": \"object\",\n      \"properties\": {{\n{}\n      }},\n"
      "      \"required\": {},\n      \"additionalProperties\": false\n    }}",
      quoted(std::string(e.name) + "Map"), properties, text_list(e.values));
}

std::string struct_schema(const StructModel& s) {
  const bool from_client = s.sender == Sender::client;
  std::string out =
      fmt::format("    {}: {{\n      \"description\": {},\n      \"type\": \"object\",\n",
                  quoted(s.name), quoted(s.doc));
  std::vector<std::string_view> required;
  std::string properties;
  for (const FieldModel& field : s.fields) {
    std::string schema = type_schema(field.type, field.rule);
    if (field.type.optional) {
      schema = fmt::format(R"("anyOf": [{{{}}}, {{"type": "null"}}])", schema);
    }
    const bool is_optional = (from_client || field.rule.may_be_absent) && field.type.optional;
    const bool is_left_out = field.rule.may_be_absent && field.type.kind == Kind::list;
    if (!is_optional && !is_left_out) required.push_back(field.name);
    properties +=
        fmt::format("{}        {}: {{\"description\": {}, {}}}", properties.empty() ? "" : ",\n",
                    quoted(field.name), quoted(with_unit(field)), schema);
  }
  out += fmt::format("      \"properties\": {{\n{}\n      }},\n", properties);
  if (from_client) {
    return out + "      \"additionalProperties\": true\n    }";
  }
  out += fmt::format("      \"required\": {},\n", text_list(required));
  return out + "      \"additionalProperties\": false\n    }";
}

/// Readers of schemas ignore keywords with an `x-`; people and generators need not.
std::string route_schema(const StructModel& s) {
  if (!s.route) return {};
  return fmt::format(
      "      \"x-channel\": {},\n      \"x-delivery\": {},\n      \"x-audience\": {},\n",
      quoted(to_string(s.route->channel)), quoted(to_string(s.route->delivery)),
      quoted(to_string(s.route->audience)));
}

std::string message_schema(const StructModel& s) {
  const bool from_client = s.sender == Sender::client;
  return fmt::format(
      "    {}: {{\n{}      \"type\": \"object\",\n      \"properties\": {{\n"
      "        \"type\": {{\"const\": {}}},\n"
      "        \"timestamp\": {{\"type\": \"number\"}},\n"
      "        \"seq\": {{\"type\": \"integer\", \"minimum\": 0}},\n"
      "        \"data\": {{\"$ref\": \"#/$defs/{}\"}}\n      }},\n"
      "      \"required\": {}\n    }}",
      quoted(std::string(s.name) + "Message"), route_schema(s), quoted(s.type), s.name,
      from_client ? R"(["type", "data"])" : R"(["type", "timestamp", "seq", "data"])");
}

}  // namespace

std::string json_schema(const ProtocolModel& model) {
  std::string defs =
      "    \"BoardMap\": {\n      \"description\": \"Index = rank * 9 + column, as drawn from "
      "Black's side; rank 0 = a at the top, column 0 = file 9 on the left.\",\n"
      "      \"type\": \"array\", \"minItems\": 81, \"maxItems\": 81, "
      "\"items\": {\"type\": \"number\"}\n    },\n"
      "    \"Series\": {\n      \"description\": \"Numbers that are drawn: a point is a number k "
      "of 0 "
      "to 4095 in two digits of base 64 (RFC 4648) and stands for from + k / 4095 * (to - from); "
      "two full stops are an unknown one.\",\n"
      "      \"type\": \"object\", \"properties\": {\"from\": {\"type\": \"number\"}, "
      "\"to\": {\"type\": \"number\"}, \"points\": {\"type\": \"string\", "
      "\"pattern\": \"^([A-Za-z0-9+/]{2}|[.]{2})*$\"}},\n"
      "      \"required\": [\"from\", \"to\", \"points\"], \"additionalProperties\": false\n    }";
  for (const EnumModel& e : model.enums) {
    defs += fmt::format(",\n    {}: {{\"description\": {}, \"enum\": {}}}", quoted(e.name),
                        quoted(e.doc), text_list(e.values));
    if (!e.entries.empty()) defs += ",\n" + entries_schema(e);
  }
  std::string messages;
  for (const StructModel& s : model.structs) {
    defs += ",\n" + struct_schema(s);
    if (s.type.empty()) continue;
    defs += ",\n" + message_schema(s);
    messages += fmt::format("{}    {{\"$ref\": \"#/$defs/{}Message\"}}",
                            messages.empty() ? "" : ",\n", s.name);
  }
  return fmt::format(
      "{{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
      "  \"title\": \"Keisei Showcase messages\",\n"
      "  \"$comment\": \"Made by keisei-protocol from src/protocol; do not edit.\",\n"
      "  \"oneOf\": [\n{}\n  ],\n  \"$defs\": {{\n{}\n  }}\n}}\n",
      messages, defs);
}

}  // namespace keisei::protocol
