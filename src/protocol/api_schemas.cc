#include "protocol/api_schemas.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <string>

#include "protocol/documents.h"

namespace keisei::protocol {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::string_view kThere = "#/$defs/";
constexpr std::string_view kHere = "#/components/schemas/";

// Calls `visit` with every reference's text.
template <class Value, class Visit>
void for_each_reference(Value& json, const Visit& visit) {
  if (json.is_array()) {
    for (auto& entry : json.get_array()) for_each_reference(entry, visit);
  } else if (json.is_object()) {
    for (auto& member : json.get_object()) {
      auto& inner = member.value();
      if (member.key() == "$ref" && inner.is_string()) {
        visit(inner.get_string());
      } else {
        for_each_reference(inner, visit);
      }
    }
  }
}

void collect(const object& all, const value& json, std::set<std::string>& names) {
  for_each_reference(json, [&](const boost::json::string& reference) {
    const std::string_view text = reference;
    if (!text.starts_with(kHere)) return;
    const std::string name(text.substr(kHere.size()));
    if (names.insert(name).second) collect(all, all.at(name), names);
  });
}

}  // namespace

object schema_reference(std::string_view name) {
  return {{"$ref", std::string(kHere) + std::string(name)}};
}

object component_schemas(const ProtocolModel& model) {
  value schema = boost::json::parse(json_schema(model));
  value& defs = schema.at("$defs");
  for_each_reference(defs, [](boost::json::string& reference) {
    const std::string_view text = reference;
    reference = std::string(kHere) + std::string(text.substr(kThere.size()));
  });
  return std::move(defs.as_object());
}

void separate_references(value& schemas) {
  if (schemas.is_array()) {
    for (value& entry : schemas.get_array()) separate_references(entry);
  } else if (schemas.is_object()) {
    object& schema = schemas.get_object();
    if (schema.size() > 1 && schema.contains("$ref")) {
      schema["allOf"] = array{object{{"$ref", schema.at("$ref")}}};
      schema.erase("$ref");
    }
    for (auto& member : schema) separate_references(member.value());
  }
}

object schemas_needed(const object& all, const value& document) {
  std::set<std::string> names;
  collect(all, document, names);
  object needed;
  for (const auto& member : all) {
    if (names.contains(std::string(member.key()))) needed.emplace(member.key(), member.value());
  }
  return needed;
}

}  // namespace keisei::protocol
