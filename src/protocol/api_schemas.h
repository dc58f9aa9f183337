#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "protocol/model.h"

/// What both documents about the API (documents.h) are made with: the schemas of the messages, as
/// docs/protocol.schema.json has them, at the place where such documents keep them.
namespace keisei::protocol {

/// A reference to one of them.
boost::json::object schema_reference(std::string_view name);

/// By name, all of the model's. They refer to each other there.
boost::json::object component_schemas(const ProtocolModel& model);

/// Only those that `document` refers to, at once or through others.
boost::json::object schemas_needed(const boost::json::object& all,
                                   const boost::json::value& document);

/// The same for readers of JSON Schema before 2019-09, who overlook what stands beside a `$ref`.
void separate_references(boost::json::value& schemas);

}  // namespace keisei::protocol
