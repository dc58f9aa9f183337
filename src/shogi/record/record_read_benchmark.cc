#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "harness/measure.h"
#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_builders.h"
#include "shogi/record/usi_game.h"

namespace {

using namespace keisei::shogi;
namespace harness = keisei::harness;

struct Format {
  const char* name;
  std::string (*write)(const GameRecord&);
  keisei::Result<ReadGame> (*read)(std::string_view, Reading);
};

constexpr std::array<Format, 5> kFormats = {{
    {"csa", write_csa, read_csa},
    {"jkf", write_jkf, read_jkf},
    {"kif", write_kif, read_kif},
    {"ki2", write_ki2, read_kif},
    {"usi", write_usi_game, read_usi_game},
}};

/// A thousand random games as texts, and as files for another implementation to read.
class Games {
 public:
  Games() : folder_(std::filesystem::temp_directory_path() / fmt::format("keisei-{}", ::getpid())) {
    constexpr std::uint64_t kGames = 1000;
    std::filesystem::create_directories(folder_);
    for (std::uint64_t seed = 0; seed < kGames; ++seed) {
      const GameRecord record = testing::random_record(seed);
      for (std::size_t f = 0; f < kFormats.size(); ++f) {
        texts_[f].push_back(kFormats[f].write(record));
        std::ofstream(folder_ / fmt::format("{}.{}", seed, kFormats[f].name)) << texts_[f].back();
      }
    }
  }
  ~Games() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Games(const Games&) = delete;
  Games& operator=(const Games&) = delete;

  double bytes(std::size_t format) const {
    double sum = 0;
    for (const auto& text : texts_[format]) sum += static_cast<double>(text.size());
    return sum;
  }

  /// Of processor time.
  double files_per_s(std::size_t format) const {
    const double begin = harness::thread_seconds();
    for (const auto& text : texts_[format]) {
      if (!kFormats[format].read(text, Reading::lenient)) throw std::runtime_error("unreadable");
    }
    return static_cast<double>(texts_[format].size()) / (harness::thread_seconds() - begin);
  }

  /// npm's tsshogi under Node on the same files, of processor time too.
  double tsshogi_files_per_s(std::size_t format) const {
    const std::string command =
        fmt::format("PATH={0}/build/node/bin:$PATH node {0}/tests/records/read_speed.js {1} {2}",
                    KEISEI_SOURCE_DIR, folder_.string(), kFormats[format].name);
    std::FILE* const output = ::popen(command.c_str(), "r");
    double files_per_s = 0;
    const int read = output == nullptr ? 0 : std::fscanf(output, "%lf", &files_per_s);
    if (output != nullptr) ::pclose(output);
    if (read != 1) throw std::runtime_error("cannot run: " + command);
    return files_per_s;
  }

 private:
  std::filesystem::path folder_;
  std::array<std::vector<std::string>, kFormats.size()> texts_;
};

std::vector<harness::Measurement> measurements() {
  static const Games games;
  constexpr double kLeast = 10;  // times another implementation
  std::vector<harness::Measurement> all;
  for (std::size_t f = 0; f < kFormats.size(); ++f) {
    const std::string name = kFormats[f].name;
    all.push_back({name + "_files_per_s", std::nullopt, [f] { return games.files_per_s(f); }});
    all.push_back({name + "_mb_per_s", std::nullopt,
                   [f] { return games.files_per_s(f) * games.bytes(f) / 1000 / 1e6; }});
    all.push_back({name + "_times_tsshogi", harness::at_least(kLeast),
                   [f] { return games.files_per_s(f) / games.tsshogi_files_per_s(f); }});
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(
      argc, argv, "record.read",
      "Reads a thousand games in every format, beside npm's tsshogi under Node.", measurements);
}
