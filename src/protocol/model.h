#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/describe.h"

/// The described messages as data, for the programs that write documents about them.
namespace keisei::protocol {

enum class Kind {
  boolean,
  integer,
  number,
  text,
  enumeration,
  part,
  list,
  map,
  enum_map,
  board_map,
  series
};

struct TypeModel {
  Kind kind{};
  bool optional = false;
  std::string_view name{};                          // of an enumeration, a part, a map's keys
  std::shared_ptr<const TypeModel> item = nullptr;  // of a list or map
};

struct FieldModel {
  std::string_view name;
  std::string_view doc;
  Rule rule;
  TypeModel type;
};

/// A message (with a `type`) or a part of messages (without).
struct StructModel {
  std::string_view name;
  std::string_view type;
  Sender sender{};
  std::string_view doc;
  std::vector<FieldModel> fields;
  std::optional<Route> route;  // of the server's messages
  bool is_answer = false;      // over HTTP: a part that stands alone
};

/// What a table says about an enumerator as a key.
struct EntryModel {
  std::string_view trainer_key;
  std::string_view doc;
  Rule rule;
};

struct EnumModel {
  std::string_view name;
  std::string_view doc;
  std::vector<std::string_view> values;
  std::vector<EntryModel> entries{};  // one for each value, or none
};

/// Everything in order of first use: what a struct is made of comes before it.
struct ProtocolModel {
  std::vector<EnumModel> enums;
  std::vector<StructModel> structs;
};

ProtocolModel protocol_model();

}  // namespace keisei::protocol
