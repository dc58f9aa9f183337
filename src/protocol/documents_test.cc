#include "protocol/documents.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "protocol/describe.h"

namespace keisei::protocol {
namespace {

std::string committed(const std::string& path) {
  std::ifstream file(KEISEI_SOURCE_DIR "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What a link to a heading says: lower case, a hyphen for a space, no punctuation.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    if (c >= 'A' && c <= 'Z') {
      anchor += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') {
      anchor += c;
    } else if (c == ' ') {
      anchor += '-';
    }
  }
  return anchor;
}

std::vector<std::string> anchors_in(const std::string& document) {
  std::vector<std::string> anchors;
  std::istringstream lines(document);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('#')) continue;
    anchors.push_back(anchor_of(std::string_view(line).substr(line.find(' ') + 1)));
  }
  return anchors;
}

std::vector<std::string> links_in(const std::string& document, const std::string& file) {
  const std::string opening = "](" + file + "#";
  std::vector<std::string> links;
  for (std::size_t at = document.find(opening); at != std::string::npos;
       at = document.find(opening, at)) {
    at += opening.size();
    links.push_back(document.substr(at, document.find(')', at) - at));
  }
  return links;
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

TEST(Documents, OpenApiMatchesTheApi) {
  EXPECT_EQ(committed("docs/openapi.json"), openapi(api_model())) << kRemedy;
}

TEST(Documents, AsyncApiMatchesTheMessages) {
  EXPECT_EQ(committed("docs/asyncapi.json"), asyncapi(api_model())) << kRemedy;
}

TEST(Documents, ReferenceHasEveryHeadingOnce) {
  const std::vector<std::string> anchors = anchors_in(reference(protocol_model()));
  std::set<std::string> seen;
  for (const std::string& anchor : anchors) {
    EXPECT_TRUE(seen.insert(anchor).second) << "two headings are #" << anchor;
  }
  EXPECT_GT(seen.size(), 50U);
}

TEST(Documents, ReferenceHasTheHeadingsThatAreLinkedTo) {
  const std::string document = reference(protocol_model());
  const std::vector<std::string> anchors = anchors_in(document);
  const auto expect_all = [&](const std::vector<std::string>& links, const std::string& where) {
    for (const std::string& link : links) {
      EXPECT_NE(std::find(anchors.begin(), anchors.end(), link), anchors.end())
          << where << " links to #" << link;
    }
    return links.size();
  };
  EXPECT_GT(expect_all(links_in(document, ""), "it"), 50U);
  std::size_t links = 0;
  for (const auto& entry : std::filesystem::directory_iterator(KEISEI_SOURCE_DIR "/docs")) {
    if (entry.path().extension() != ".md") continue;
    const std::string name = entry.path().filename().string();
    links += expect_all(links_in(committed("docs/" + name), "protocol.md"), name);
  }
  EXPECT_GT(links, 0U);
}

TEST(Documents, ReferenceTellsTheLimitsThatAreEnforced) {
  const auto kib = [](std::size_t bytes) { return std::to_string(bytes / 1024) + " KiB"; };
  EXPECT_NE(reference(protocol_model())
                .find("Texts longer than " + kib(kMaxClientBytes) + " from clients and " +
                      kib(kMaxMessageBytes) + " from trainers are refused"),
            std::string::npos);
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
