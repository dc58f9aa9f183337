#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "protocol/documents.h"

namespace keisei::protocol {
namespace {

/// Which structs a browser sees: server messages and answers with their parts, and what it sends.
std::vector<const StructModel*> viewer_structs(const ProtocolModel& model) {
  std::vector<const StructModel*> result;
  const auto find = [&](std::string_view name) {
    return &*std::find_if(model.structs.begin(), model.structs.end(),
                          [&](const StructModel& s) { return s.name == name; });
  };
  const auto add = [&](const StructModel* s, const auto& self) -> void {
    if (std::find(result.begin(), result.end(), s) != result.end()) return;
    for (const FieldModel& field : s->fields) {
      const TypeModel& type = field.type.item ? *field.type.item : field.type;
      if (type.kind == Kind::part) self(find(type.name), self);
    }
    result.push_back(s);
  };
  for (const StructModel& s : model.structs) {
    if (s.sender == Sender::server || s.sender == Sender::client || s.is_answer) {
      add(&s, add);
    }
  }
  return result;
}

std::string type_text(const TypeModel& type) {
  std::string text;
  switch (type.kind) {
    case Kind::boolean:
      text = "boolean";
      break;
    case Kind::integer:
    case Kind::number:
      text = "number";
      break;
    case Kind::text:
      text = "string";
      break;
    case Kind::board_map:
      text = "number[]";
      break;
    case Kind::enumeration:
    case Kind::part:
      text = type.name;
      break;
    case Kind::list: {
      const std::string item = type_text(*type.item);
      const bool is_union = item.find('|') != std::string::npos;
      text = is_union ? fmt::format("({})[]", item) : item + "[]";
      break;
    }
    case Kind::series:
      text = "(number | null)[]";
      break;
    case Kind::enum_map:
      text = fmt::format("Record<{}, {}>", type.name, type_text(*type.item));
      break;
    case Kind::map:
      break;  // only trainers send maps
  }
  return type.optional ? text + " | null" : text;
}

/// "Unit and range", as the end of a field's comment.
std::string bounds_text(const Rule& rule) {
  std::string out;
  if (!rule.unit.empty()) out += fmt::format(" Unit: {}.", rule.unit);
  if (rule.min != -kUnbounded && rule.max != kUnbounded) {
    out += fmt::format(" {} to {}.", rule.min, rule.max);
  }
  return out;
}

std::string interface_text(const StructModel& s) {
  const bool from_client = s.sender == Sender::client;
  std::string out = fmt::format("/** {} */\nexport interface {} {{\n", s.doc, s.name);
  for (const FieldModel& field : s.fields) {
    TypeModel type = field.type;
    const bool may_be_absent = from_client && type.optional;
    if (may_be_absent) type.optional = false;
    out += fmt::format("  /** {}{} */\n  {}{}: {};\n", field.doc, bounds_text(field.rule),
                       field.name, may_be_absent ? "?" : "", type_text(type));
  }
  return out + "}\n\n";
}

/// A function `(value: unknown, path: string) => T` for items of lists and maps and nullable
/// fields.
std::string reader_of(const TypeModel& type) {
  TypeModel plain = type;
  plain.optional = false;
  if (type.optional) return fmt::format("nullable({})", reader_of(plain));
  switch (type.kind) {
    case Kind::boolean:
      return "asBoolean";
    case Kind::integer:
    case Kind::number:
      return "asNumber";
    case Kind::text:
      return "asText";
    case Kind::board_map:
      return "asBoardMap";
    case Kind::enumeration:
    case Kind::part:
      return fmt::format("as{}", type.name);
    case Kind::list:
      return fmt::format("listOf({})", reader_of(*type.item));
    case Kind::series:
      return "asSeries";
    case Kind::enum_map:
      return fmt::format("by{}({})", type.name, reader_of(*type.item));
    case Kind::map:
      break;  // only trainers send maps
  }
  return {};
}

constexpr std::string_view kHeader =
    R"(// Made by keisei-protocol from src/protocol. Do not edit: change the descriptions there.
import {
  asBoardMap,
  asBoolean,
  asFields,
  asNumber,
  asSeries,
  asText,
  field,
  type Fields,
  listOf,
  nullable,
  oneOf,
  type Reader,
  refuse,
  Refused,
} from './readers.ts';

)";

constexpr std::string_view kDecoded = R"(export type Decoded =
  | { ok: true; message: ServerMessage }
  | { ok: false; error: string };

)";

constexpr std::string_view kDecode =
    R"(/** The only door for what comes from the server. Never throws; unknown fields are left out. */
export function decode(text: string): Decoded {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, message: readMessage(asFields(value, '')) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    return { ok: false, error: 'not valid JSON' };
  }
}
)";

constexpr std::string_view kAnswered =
    R"(
/** The answer that a text is, or why it is none. */
export type Answered<T> = { ok: true; answer: T } | { ok: false; error: string };

function answered<T>(text: string, read: Reader<T>): Answered<T> {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, answer: read(value, '') };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    return { ok: false, error: 'not valid JSON' };
  }
}
)";

/// The doors for what is asked for over HTTP.
std::string answers_text(const std::vector<const StructModel*>& structs) {
  std::string out(kAnswered);
  for (const StructModel* s : structs) {
    if (!s->is_answer) continue;
    out += fmt::format(
        "\nexport function decode{0}(text: string): Answered<{0}> {{\n"
        "  return answered(text, as{0});\n}}\n",
        s->name);
  }
  return out;
}

template <class Structs>
bool uses(const Structs& structs, const EnumModel& e) {
  return std::any_of(structs.begin(), structs.end(), [&](const StructModel* s) {
    return std::any_of(s->fields.begin(), s->fields.end(), [&](const FieldModel& field) {
      const TypeModel& type = field.type.item ? *field.type.item : field.type;
      return type.kind == Kind::enumeration && type.name == e.name;
    });
  });
}

template <class Structs>
bool uses_as_keys(const Structs& structs, const EnumModel& e) {
  return std::any_of(structs.begin(), structs.end(), [&](const StructModel* s) {
    return std::any_of(s->fields.begin(), s->fields.end(), [&](const FieldModel& field) {
      return field.type.kind == Kind::enum_map && field.type.name == e.name;
    });
  });
}

std::string enums_text(const ProtocolModel& model, const std::vector<const StructModel*>& structs) {
  std::string out;
  for (const EnumModel& e : model.enums) {
    if (!uses(structs, e) && !uses_as_keys(structs, e)) continue;
    out += fmt::format("/** {} */\nexport type {} = ", e.doc, e.name);
    std::string words;
    for (const std::string_view value : e.values) {
      words += fmt::format("{}'{}'", words.empty() ? "" : " | ", value);
    }
    out += words + ";\n";
  }
  return out + "\n";
}

/// The values of an enum that keys objects, and a reader of such objects.
std::string keyed_reader_text(const EnumModel& e, std::string_view words) {
  std::string out = fmt::format("export const every{0}: readonly {0}[] = [{1}];\n", e.name, words);
  out += fmt::format(
      "function by{0}<T>(read: Reader<T>): Reader<Record<{0}, T>> {{\n"
      "  return (value, path) => {{\n    const fields = asFields(value, path);\n    return {{\n",
      e.name);
  for (const std::string_view value : e.values) {
    out += fmt::format("      {0}: field(fields, '{0}', path, read),\n", value);
  }
  return out + "    };\n  };\n}\n";
}

std::string readers_text(const ProtocolModel& model,
                         const std::vector<const StructModel*>& structs) {
  std::string out(kDecoded);
  std::vector<const StructModel*> read;
  std::copy_if(structs.begin(), structs.end(), std::back_inserter(read),
               [](const StructModel* s) { return s->sender != Sender::client; });
  for (const EnumModel& e : model.enums) {
    const bool as_keys = uses_as_keys(read, e);
    if (!uses(read, e) && !as_keys) continue;
    std::string words;
    for (const std::string_view value : e.values) {
      words += fmt::format("{}'{}'", words.empty() ? "" : ", ", value);
    }
    if (as_keys) out += keyed_reader_text(e, words);
    if (uses(read, e)) out += fmt::format("const as{0} = oneOf<{0}>([{1}]);\n", e.name, words);
  }
  out += '\n';
  for (const StructModel* s : read) {
    out += fmt::format(
        "const as{0}: Reader<{0}> = (value, path) => {{\n"
        "  const fields = asFields(value, path);\n  return {{\n",
        s->name);
    for (const FieldModel& field : s->fields) {
      out += fmt::format("    {0}: field(fields, '{0}', path, {1}),\n", field.name,
                         reader_of(field.type));
    }
    out += "  };\n};\n\n";
  }
  return out;
}

std::string message_reader_text(const std::vector<const StructModel*>& structs) {
  std::string out =
      "function readMessage(fields: Fields): ServerMessage {\n"
      "  const type = field(fields, 'type', '', asText);\n"
      "  const timestamp = field(fields, 'timestamp', '', asNumber);\n"
      "  const seq = field(fields, 'seq', '', asNumber);\n"
      "  const data = fields['data'];\n"
      "  switch (type) {\n";
  for (const StructModel* s : structs) {
    if (s->sender != Sender::server) continue;
    out += fmt::format(
        "    case '{0}':\n      return {{ type, timestamp, seq, data: as{1}(data, '{0}') }};\n",
        s->type, s->name);
  }
  return out + "    default:\n      return refuse('type', `unknown type ${type}`);\n  }\n}\n\n";
}

}  // namespace

std::string typescript(const ProtocolModel& model) {
  const std::vector<const StructModel*> structs = viewer_structs(model);
  std::string out(kHeader);
  out += enums_text(model, structs);
  for (const StructModel* s : structs) out += interface_text(*s);

  out +=
      "/** How every message travels. */\n"
      "export interface Envelope<Type extends string, Data> {\n"
      "  type: Type;\n  /** When it was made. Unit: s since the epoch. */\n  timestamp: number;\n"
      "  /** The show's count of its messages, the same for all viewers; 0 in replies. */\n"
      "  seq: number;\n  data: Data;\n}\n\n";
  out += "export type ServerMessage =";
  for (const StructModel* s : structs) {
    if (s->sender == Sender::server)
      out += fmt::format("\n  | Envelope<'{}', {}>", s->type, s->name);
  }
  out += ";\n\n";
  out += "/** What a viewer may say. */\nexport type ClientMessage =";
  for (const StructModel* s : structs) {
    if (s->sender == Sender::client)
      out += fmt::format("\n  | {{ type: '{}'; data: {} }}", s->type, s->name);
  }
  out += ";\n\n";
  out += readers_text(model, structs);
  out += message_reader_text(structs);
  out += kDecode;
  out += answers_text(structs);
  return out;
}

}  // namespace keisei::protocol
