#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cctype>
#include <map>
#include <string>

#include "protocol/api_schemas.h"
#include "protocol/documents.h"
#include "protocol/http_api.h"
#include "protocol/json_text.h"

namespace keisei::protocol {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::string_view kAbout =
    "Made by keisei-protocol from src/protocol; do not edit. Two ports: whoever reaches the public "
    "one may read it, the operator's wants the operator token for everything. GET is answered for "
    "HEAD, too. A refusal is a problem (RFC 9457) with a `code` of its own. What is read by many "
    "carries an ETag, to be sent back as If-None-Match. A header is at most 8 kB.";

object server(std::string_view doc, std::string_view port) {
  return {{"url", "http://{host}:{port}"},
          {"description", doc},
          {"variables", {{"host", {{"default", "127.0.0.1"}}}, {"port", {{"default", port}}}}}};
}
object public_server() { return server("The public port.", "8080"); }
object operators_server() { return server("The operator's port.", "8081"); }

// "a text" for what is "a text or null" in JSON: in an address it is there, or it is not.
object without_null(object schema) {
  const value* choices = schema.if_contains("anyOf");
  if (choices == nullptr) return schema;
  object kept = choices->as_array().front().as_object();
  return kept;
}

class Document {
 public:
  explicit Document(const ProtocolModel& model) : schemas_(component_schemas(model)) {
    schemas_["Document"] = object{{"description", "A description of the API."}, {"type", "object"}};
    for (const StructModel& s : model.structs) {
      if (!s.type.empty()) names_.emplace(s.type, s.name);
    }
  }

  std::string text() {
    for (const ReadableRow& row : kReadable) add_newest(row);
    for (const Operation& operation : kOperations) add(operation);
    object document{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Keisei Showcase"},
          {"version", kApiVersion},
          {"description", kAbout},
          {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
        {"servers", array{public_server()}},
        {"security", array{object{}}},
        {"tags", array{tag("public", "For anyone."), tag("operator", "For the operator.")}},
        {"paths", std::move(paths_)}};
    object schemas = schemas_needed(schemas_, document);
    document["components"] =
        object{{"schemas", std::move(schemas)},
               {"securitySchemes",
                {{"operatorToken",
                  {{"type", "http"},
                   {"scheme", "bearer"},
                   {"description", "`keisei-showcase token` prints it (docs/operator.md)."}}}}}};
    return json_text(document);
  }

 private:
  static object tag(std::string_view name, std::string_view doc) {
    return {{"name", name}, {"description", doc}};
  }

  void add_newest(const ReadableRow& row) {
    std::string id = "getNewest" + std::string(row.name);
    id[9] = static_cast<char>(std::toupper(static_cast<unsigned char>(id[9])));
    const std::string path = std::string(kPublicApi) + std::string(row.name);
    Operation operation = kNewestOperation;
    operation.id = id;
    operation.path = path;
    operation.answer = names_.at(kMessageTable[row.message].type);
    add(operation);
  }

  void add(const Operation& operation) {
    const bool is_operators = operation.port == Port::operators;
    object json{{"operationId", operation.id},
                {"summary", operation.doc},
                {"tags", array{is_operators ? "operator" : "public"}}};
    if (is_operators) json["servers"] = array{operators_server()};
    if (operation.port == Port::both) json["servers"] = array{public_server(), operators_server()};
    const object token{{"operatorToken", array{}}};
    if (is_operators) json["security"] = array{token};
    if (operation.port == Port::both) json["security"] = array{object{}, token};
    array parameters;
    add_parameters(parameters, operation.in_path, "path");
    add_parameters(parameters, operation.query, "query");
    if (!parameters.empty()) json["parameters"] = std::move(parameters);
    if (!operation.body.empty()) {
      json["requestBody"] = object{
          {"required", true},
          {"content", {{"application/json", {{"schema", schema_reference(operation.body)}}}}}};
    }
    json["responses"] = responses(operation);
    value& path = paths_[operation.path];
    if (path.is_null()) path = object{};
    path.as_object()[operation.verb == Verb::get ? "get" : "post"] = std::move(json);
  }

  void add_parameters(array& parameters, std::string_view name, std::string_view place) const {
    if (name.empty()) return;
    const object& part = schemas_.at(name).as_object();
    const bool is_client = part.if_contains("required") == nullptr;
    for (const auto& member : part.at("properties").as_object()) {
      object schema = member.value().as_object();
      const value doc = schema.at("description");
      schema.erase("description");
      const bool is_optional = is_client || schema.contains("anyOf");
      schema = without_null(std::move(schema));
      object parameter{
          {"name", member.key()}, {"in", place}, {"description", doc}, {"required", !is_optional}};
      if (schema.contains("items")) {
        schema["minItems"] = 1;
        parameter["style"] = "form";
        parameter["explode"] = false;
      } else if (schema.contains("maxLength")) {
        schema["minLength"] = 1;
      }
      parameter["schema"] = std::move(schema);
      parameters.push_back(std::move(parameter));
    }
  }

  static object header(std::string_view doc) {
    return {{"description", doc}, {"schema", {{"type", "string"}}}};
  }

  static object headers(const Operation& operation) {
    object out;
    if (operation.verb == Verb::post) return out;
    switch (operation.caching) {
      case Caching::never:
        out["Cache-Control"] = header("`no-store`.");
        return out;
      case Caching::ask_anew:
        out["Cache-Control"] = header("`no-cache`: ask whether it is still so.");
        break;
      case Caching::when_past:
        out["Cache-Control"] = header(
            "`public, max-age=3600` if what was asked for lies in the past; else `no-cache`.");
        break;
    }
    out["ETag"] = header("Of this content, for If-None-Match.");
    return out;
  }

  static object content(const Operation& operation) {
    object content;
    for (const std::string_view type : operation.media_types) {
      const bool is_json = type == "application/json";
      content[type] = object{{"schema", {{"type", is_json ? "object" : "string"}}}};
    }
    if (operation.answer.empty()) return content;
    object schema = schema_reference(operation.answer);
    if (!operation.operators_answer.empty()) {
      schema = object{{"anyOf", array{schema, schema_reference(operation.operators_answer)}}};
    }
    content["application/json"] = object{{"schema", std::move(schema)}};
    return content;
  }

  static object problem(std::string_view why, bool says_when) {
    object json{{"description", why}};
    if (says_when) json["headers"] = object{{"Retry-After", header("Seconds, in most cases.")}};
    json["content"] = object{
        {"application/problem+json", {{"schema", schema_reference(kNameOf<ProblemDetails>)}}}};
    return json;
  }

  static object responses(const Operation& operation) {
    object out;
    object answer{{"description",
                   operation.verb == Verb::post ? "It has been taken." : "What was asked for."}};
    object fields = headers(operation);
    if (operation.is_attachment) fields["Content-Disposition"] = header("The file's name.");
    if (!fields.empty()) answer["headers"] = std::move(fields);
    if (operation.verb == Verb::get) answer["content"] = content(operation);
    out[operation.verb == Verb::post ? "204" : "200"] = std::move(answer);
    if (operation.caching != Caching::never) {
      out["304"] = object{{"description", "It is still so: the client has it."},
                          {"headers", headers(operation)}};
    }
    const auto refuse = [&](int status, std::string_view why, bool says_when = false) {
      out[std::to_string(status)] = problem(why, says_when);
    };
    if (operation.port != Port::everyone) refuse(401, "The operator token is missing or wrong.");
    if (operation.port != Port::operators) {
      for (const Refusal& refusal : {detail::kForeignPage, detail::kForeignHost}) {
        refuse(refusal.status, refusal.why);
      }
      if (operation.path.starts_with(kApi)) {
        refuse(detail::kTooOften.status, detail::kTooOften.why, true);
      }
    }
    for (const Refusal& refusal : operation.refusals) {
      refuse(refusal.status, refusal.why, refusal.says_when);
    }
    out["default"] = problem("Whatever else is wrong with the request, or with now.", false);
    return out;
  }

  object schemas_;
  std::map<std::string_view, std::string_view> names_;  // of structs, by their messages' types
  object paths_;
};

}  // namespace

std::string openapi(const ProtocolModel& model) { return Document(model).text(); }

}  // namespace keisei::protocol
