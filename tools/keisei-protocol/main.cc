#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "protocol/documents.h"

/// keisei-protocol [ROOT]: writes the files that are generated from the message descriptions below
/// the repository root (default: the current folder).
namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) std::fprintf(stderr, "keisei-protocol: cannot write %s\n", path.c_str());
  return static_cast<bool>(file);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace keisei::protocol;
  const std::filesystem::path root = argc > 1 ? argv[1] : ".";
  if (argc > 2 || !std::filesystem::exists(root / "src" / "protocol")) {
    std::fprintf(stderr, "usage: keisei-protocol [ROOT]   (ROOT is the repository's root)\n");
    return 2;
  }
  const ProtocolModel model = protocol_model();
  const ProtocolModel api = api_model();
  const bool written = write(root / "ui/src/protocol/messages.ts", typescript(model)) &&
                       write(root / "docs/protocol.schema.json", json_schema(model)) &&
                       write(root / "docs/protocol.md", reference(model)) &&
                       write(root / "docs/openapi.json", openapi(api)) &&
                       write(root / "docs/asyncapi.json", asyncapi(api));
  return written ? 0 : 1;
}
