#include "protocol/json_text.h"

#include "protocol/describe.h"
#include "protocol/json_writer.h"

namespace keisei::protocol {
namespace {

using boost::json::value;

constexpr std::size_t kWidth = 100;

void append_plain(std::string& out, const value& json) {
  if (const auto* text = json.if_string()) {
    append_text(out, *text);
  } else if (const auto* number = json.if_double()) {
    append_number(out, *number, kTimeDigits);
  } else if (const auto* integer = json.if_int64()) {
    append_integer(out, *integer);
  } else if (const auto* flag = json.if_bool()) {
    out += *flag ? "true" : "false";
  } else {
    out += "null";
  }
}

// With `indent` below zero: on one line.
void append(std::string& out, const value& json, int indent);

template <class Entries, class Append>
void append_entries(std::string& out, const Entries& entries, const char* brackets, int indent,
                    Append append_entry) {
  out += brackets[0];
  bool is_first = true;
  for (const auto& entry : entries) {
    if (!is_first) out += indent < 0 ? ", " : ",";
    is_first = false;
    if (indent >= 0) out += "\n" + std::string(2 * static_cast<std::size_t>(indent) + 2, ' ');
    append_entry(entry);
  }
  if (indent >= 0) out += "\n" + std::string(2 * static_cast<std::size_t>(indent), ' ');
  out += brackets[1];
}

void append_broken(std::string& out, const value& json, int indent) {
  const int deeper = indent < 0 ? indent : indent + 1;
  if (const auto* object = json.if_object()) {
    append_entries(out, *object, "{}", indent, [&](const auto& member) {
      append_text(out, member.key());
      out += ": ";
      append(out, member.value(), deeper);
    });
  } else if (const auto* array = json.if_array()) {
    append_entries(out, *array, "[]", indent,
                   [&](const value& entry) { append(out, entry, deeper); });
  } else {
    append_plain(out, json);
  }
}

void append(std::string& out, const value& json, int indent) {
  if (indent < 0) return append_broken(out, json, indent);
  std::string line;
  append_broken(line, json, -1);
  if (line.size() + 2 * static_cast<std::size_t>(indent) <= kWidth) {
    out += line;
  } else {
    append_broken(out, json, indent);
  }
}

}  // namespace

std::string json_text(const value& json) {
  std::string out;
  append(out, json, 0);
  return out + "\n";
}

}  // namespace keisei::protocol
