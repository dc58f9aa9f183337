#include <fmt/format.h>

#include "protocol/documents.h"
#include "protocol/http_api.h"
#include "protocol/public_api.h"

namespace keisei::protocol {
namespace {

static_assert(kMaxClientBytes == 4 * 1024 && kMaxMessageBytes == 64 * 1024, "as told below");
constexpr std::string_view kIntroduction = R"(# Messages

<!-- Made by keisei-protocol from src/protocol; do not edit. -->

Every message is one JSON text in one WebSocket text frame; to a viewer who offers
permessage-deflate (RFC 7692) most are compressed, each by itself:

```json
{"type": "system_status", "timestamp": 1763848000.25, "seq": 7, "data": {}}
```

- `timestamp`: when the message was made, in seconds since the epoch.
- `seq`: towards viewers the show's own count of its messages, the same for everybody. A viewer sees
  gaps, where it is not subscribed or too slow for older states, and after a hello the newest message
  of each type in any order; replies carry 0. From trainers and to them it counts the messages of
  the connection from 1, without gaps; that is what `telemetry_acknowledged` is about.
- Messages to viewers state their channel, their delivery and their audience:
  [Channel](#channel), [Delivery](#delivery), [Audience](#audience). A state (`newest`) that a viewer
  was too slow to take is replaced by the next one; what `must_not_lose` and `reply` stand for waits
  in a short queue, and who lets it overflow is disconnected. What is given `on_joining` comes after
  a hello, if there is a newer one than the connection has been given.
- A number that is not known is `null`, never 0. No integer is beyond 2^53.
- An estimate (a chance to win, a policy, a strength) says what it is of: its side, the number of
  moves before the position, where it comes from, the network by its update, and how sure it is if
  anybody knows. Where there is none it is `null`, never a half.
- Optional fields may be left out: by clients, and by trainers of an earlier version. All others are present.
- A client message that is refused is answered by `error`, which names the reason and the field;
  the connection lives on. Texts longer than 4 KiB from clients and 64 KiB from trainers are refused
  unread (the connection is closed with 1009), as are binary messages (1003). Twenty pings a second
  are answered; whoever goes on and on with pings, pongs or fragments of under 64 bytes, or as a
  viewer with more than ten messages a second, is disconnected (1008).
- A trainer that another has replaced is disconnected with 4001, "another trainer took over". One
  that comes with the header `Keisei-Yield` is refused (409) while another streams.
- A showcase that stops says goodbye to viewers with 1012 and "return in S s", each another time of
  1 to 5 seconds.
- Where something breaks WebSockets, `GET /events` gives viewers the same messages as server-sent
  events, one JSON text each. Its query is the hello:
  `?level=beginner&language=ja&channels=game,system&max_fps=10&quality=high`, each of them optional;
  another wish is another request. Of a showcase that stops the last event is `retry: MS`.
- A *series* is numbers that are drawn and not read: `{"from": 0.25, "to": 0.75, "points": "AA//.."}`.
  A point is a number k of 0 to 4095 in two digits of base 64 (RFC 4648, section 4), the high one
  first, and stands for from + k / 4095 × (to − from); `..` is an unknown one.
- A *board map* is a list of 81 numbers, row by row as the board is drawn from Black's side:
  index = rank × 9 + column, rank 0 = "a" at the top, column 0 = file 9 on the left.

)";

std::string readable_text() {
  std::string out = fmt::format(
      "## Over HTTP\n\n`GET {}…` answers with the `data` of the newest message of a type, with an "
      "ETag; before the first with\na problem (404, RFC 9457). `?level=…&language=…` choose as a "
      "hello does. [openapi.json](openapi.json), also at `{}`,\nhas all that is answered, "
      "[asyncapi.json](asyncapi.json), at `{}`, what goes over connections that stay.\n\n"
      "| path | message |\n|---|---|\n",
      kPublicApi, kOpenApiOperation.path, kAsyncApiOperation.path);
  for (const ReadableRow& row : kReadable) {
    const std::string_view type = kMessageTable[row.message].type;
    out += fmt::format("| `{}{}` | [`{}`](#{}) |\n", kPublicApi, row.name, type, type);
  }
  return out + "\n";
}

std::string link_to(std::string_view name) {
  std::string anchor(name);
  for (char& c : anchor) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return fmt::format("[{}](#{})", name, anchor);
}

std::string type_text(const TypeModel& type) {
  std::string text;
  switch (type.kind) {
    case Kind::boolean:
      text = "boolean";
      break;
    case Kind::integer:
      text = "integer";
      break;
    case Kind::number:
      text = "number";
      break;
    case Kind::text:
      text = "text";
      break;
    case Kind::board_map:
      text = "board map";
      break;
    case Kind::series:
      text = "series";
      break;
    case Kind::enum_map:
      text = fmt::format("object of {} by {}", type_text(*type.item), link_to(type.name));
      break;
    case Kind::enumeration:
    case Kind::part:
      text = link_to(type.name);
      break;
    case Kind::list:
      text = "list of " + type_text(*type.item);
      break;
    case Kind::map:
      text = "object of " + type_text(*type.item);
      break;
  }
  return type.optional ? text + " or null" : text;
}

bool holds_numbers(const TypeModel& type) {
  return type.item ? holds_numbers(*type.item)
                   : type.kind == Kind::number || type.kind == Kind::board_map ||
                         type.kind == Kind::series;
}

std::string range_text(const Rule& rule, const TypeModel& type) {
  const Kind kind = type.kind;
  const Kind inner = type.item ? type.item->kind : kind;
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (rule.min != -kUnbounded && rule.max != kUnbounded) {
    add(fmt::format("{} to {}", rule.min, rule.max));
  } else if (rule.min != -kUnbounded) {
    add(fmt::format("≥ {}", rule.min));
  } else if (rule.max != kUnbounded) {
    add(fmt::format("≤ {}", rule.max));
  }
  if (kind == Kind::list || kind == Kind::map || kind == Kind::series) {
    add(fmt::format("≤ {} entries", rule.max_size));
    if (inner == Kind::text) {
      add(fmt::format("each ≤ {} bytes", rule.item_max_size));
    }
  } else if (kind == Kind::text) {
    add(fmt::format("≤ {} bytes", rule.max_size));
  }
  if (holds_numbers(type) && kind != Kind::enum_map && rule.digits < Rule{}.digits) {
    add(fmt::format("{} digits", rule.digits));
  }
  if (!rule.unit.empty()) add(std::string(rule.unit));
  return out;
}

/// A bar would end the table's cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string section(const StructModel& s) {
  const bool from_client = s.sender == Sender::client;
  std::string out = s.type.empty() ? fmt::format("### {}\n\n{}\n\n", s.name, s.doc)
                                   : fmt::format("### `{}`\n\n{}\n\n", s.type, s.doc);
  if (s.route) {
    out +=
        fmt::format("Channel `{}` · delivery `{}` · audience `{}`\n\n", to_string(s.route->channel),
                    to_string(s.route->delivery), to_string(s.route->audience));
  }
  out += "| field | type | range and unit | meaning |\n|---|---|---|---|\n";
  for (const FieldModel& field : s.fields) {
    TypeModel type = field.type;
    std::string optional;
    if ((from_client || field.rule.may_be_absent) && type.optional) {
      type.optional = !from_client;  // a client says nothing where others say null
      optional = " (optional)";
    }
    if (field.rule.may_be_absent && type.kind == Kind::list) optional = " (optional)";
    out += fmt::format("| `{}` | {}{} | {} | {} |\n", field.name, type_text(type), optional,
                       range_text(field.rule, field.type), cell(field.doc));
  }
  return out + "\n";
}

}  // namespace

std::string reference(const ProtocolModel& model) {
  std::string out(kIntroduction);
  const auto chapter = [&](std::string_view title, Sender sender) {
    out += fmt::format("## {}\n\n", title);
    for (const StructModel& s : model.structs) {
      if (s.sender == sender && !s.is_answer) out += section(s);
    }
  };
  chapter("Viewer → server", Sender::client);
  chapter("Server → viewer", Sender::server);
  out += readable_text();
  out +=
      "## Answers over HTTP\n\nBare objects: [archive.md](archive.md), "
      "[looking-back.md](looking-back.md).\n\n";
  for (const StructModel& s : model.structs) {
    if (s.is_answer) out += section(s);
  }
  chapter("Trainer → server", Sender::trainer);
  chapter("Server → trainer", Sender::showcase);
  chapter("Parts of messages", Sender::none);
  out += "## Words\n\n";
  for (const EnumModel& e : model.enums) {
    std::string words;
    for (const std::string_view value : e.values) {
      words += fmt::format("{}`{}`", words.empty() ? "" : ", ", value);
    }
    out += fmt::format("### {}\n\n{}: {}\n\n", e.name, words, e.doc);
    if (e.entries.empty()) continue;
    out += "| value | trainers call it | range and unit | meaning |\n|---|---|---|---|\n";
    for (std::size_t i = 0; i < e.values.size(); ++i) {
      const EntryModel& entry = e.entries[i];
      out += fmt::format("| `{}` | `{}` | {} | {} |\n", e.values[i], entry.trainer_key,
                         range_text(entry.rule, {.kind = Kind::number}), cell(entry.doc));
    }
    out += "\n";
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace keisei::protocol
