#include "protocol/documents.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace keisei::protocol {
namespace {

std::string committed(const std::string& path) {
  std::ifstream file(KEISEI_SOURCE_DIR "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* kRemedy = "the messages changed: run keisei-protocol in the repository root";

TEST(Documents, TypeScriptMatchesTheMessages) {
  EXPECT_EQ(committed("ui/src/protocol/messages.ts"), typescript(protocol_model())) << kRemedy;
}

TEST(Documents, SchemaMatchesTheMessages) {
  EXPECT_EQ(committed("docs/protocol.schema.json"), json_schema(protocol_model())) << kRemedy;
}

TEST(Documents, ReferenceMatchesTheMessages) {
  EXPECT_EQ(committed("docs/protocol.md"), reference(protocol_model())) << kRemedy;
}

TEST(Documents, ModelNamesWhatAStructIsMadeOfBeforeIt) {
  const ProtocolModel model = protocol_model();
  std::vector<std::string_view> seen;
  for (const StructModel& s : model.structs) {
    for (const FieldModel& field : s.fields) {
      const TypeModel& type = field.type.item ? *field.type.item : field.type;
      if (type.kind != Kind::part) continue;
      EXPECT_NE(std::find(seen.begin(), seen.end(), type.name), seen.end()) << type.name;
    }
    seen.push_back(s.name);
  }
}

}  // namespace
}  // namespace keisei::protocol
