#include "protocol/testing/published_schema.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace keisei::protocol::testing {
namespace {

using Adapter = valijson::adapters::BoostJsonAdapter;
using boost::json::value;

/// The schemas of all messages by their type: one for each, or a failure could only say that the
/// text is none of them.
class PublishedSchema {
 public:
  PublishedSchema() {
    std::ifstream file(KEISEI_SOURCE_DIR "/docs/protocol.schema.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    value document = boost::json::parse(text);
    boost::json::object& root = document.as_object();
    const value messages = root.at("oneOf");
    root.erase("oneOf");
    for (const value& message : messages.as_array()) {
      const boost::json::string& reference = message.at("$ref").as_string();
      root["$ref"] = reference;
      const std::string pointer(reference.subview(1));  // behind the '#'
      const value& type = document.at_pointer(pointer + "/properties/type/const");
      valijson::SchemaParser(valijson::SchemaParser::kDraft7)
          .populateSchema(Adapter(document), schemas_[std::string(type.as_string())]);
    }
  }

  ::testing::AssertionResult holds_for(const value& message) const {
    const value* type = message.is_object() ? message.get_object().if_contains("type") : nullptr;
    if (type == nullptr || !type->is_string()) return ::testing::AssertionFailure() << "no type";
    const auto schema = schemas_.find(std::string(type->get_string()));
    if (schema == schemas_.end()) return ::testing::AssertionFailure() << "no such type";
    valijson::ValidationResults differences;
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    if (validator.validate(schema->second, Adapter(message), &differences)) {
      return ::testing::AssertionSuccess();
    }
    auto failure = ::testing::AssertionFailure();
    valijson::ValidationResults::Error difference;
    while (differences.popError(difference)) {
      for (const std::string& part : difference.context) failure << part;
      failure << ": " << difference.description << "\n";
    }
    return failure;
  }

 private:
  std::map<std::string, valijson::Schema> schemas_;
};

}  // namespace

::testing::AssertionResult follows_schema(std::string_view text) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  static const PublishedSchema schema;
  boost::json::error_code error;
  const value message = boost::json::parse(text, error);
  if (error) return ::testing::AssertionFailure() << "no JSON: " << text;
  return schema.holds_for(message) << text.substr(0, 500);
}

}  // namespace keisei::protocol::testing
