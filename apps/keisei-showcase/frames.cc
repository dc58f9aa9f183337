#include "frames.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/routing.h"
#include "recording/reader.h"
#include "recording/replay.h"
#include "studio/content/content.h"

namespace keisei {
namespace {

constexpr int kIsDamaged = 1;
constexpr int kFailed = 2;

int complain(const std::string& why) {
  std::cerr << "keisei-showcase: " << why << "\n";
  return kFailed;
}

// Of every frame in every form.
class FramesHash {
 public:
  FramesHash() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }

  void add(const broker::Frame& frame) {
    ++count_;
    add(protocol::kMessageTable[frame.message].type);
    for (const broker::Bytes& bytes : frame.variants) add(*bytes);
  }
  std::string json() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return fmt::format(R"({{"frames":{},"sha256":"{}"}})", count_, hex);
  }

 private:
  void add(std::string_view text) {
    EVP_DigestUpdate(context_.get(), text.data(), text.size());
    EVP_DigestUpdate(context_.get(), "\n", 1);
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free};
  std::uint64_t count_ = 0;
};

}  // namespace

int print_frames(const ShowcaseOptions& options) {
  const FramesOptions& asked = options.frames;
  auto content = studio::Content::load(options.content);
  if (!content) return complain(content.error().message);
  auto reader = recording::Reader::open(asked.file);
  if (!reader) return complain(reader.error().message);

  recording::Replay replay(std::move(*reader), *content);
  if (const std::string other = replay.difference(); !other.empty()) {
    std::cerr << "what is printed may be other than what was shown: " << other << "\n";
  }
  const std::size_t variant = protocol::variant_index(asked.level, asked.language);
  FramesHash hash;
  while (replay.next()) {
    for (const broker::FramePtr& frame : replay.take()) {
      hash.add(*frame);
      if (!asked.as_hash) std::cout << *frame->variants[variant] << "\n";
    }
  }
  if (asked.as_hash) std::cout << hash.json() << "\n";
  const recording::Ending& ending = replay.ending();
  if (ending.how != recording::Ending::How::closed) std::cerr << ending.why << "\n";
  if (!std::cout.flush()) return complain("what it shows cannot be written to standard output");
  return ending.how == recording::Ending::How::damaged ? kIsDamaged : 0;
}

}  // namespace keisei
