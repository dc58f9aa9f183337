// How fast game records are read, by us and by npm's tsshogi.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "harness/measure.h"
#include "harness/report.h"
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

  double bytes_per_file(std::size_t format) const {
    double sum = 0;
    for (const auto& text : texts_[format]) sum += static_cast<double>(text.size());
    return sum / static_cast<double>(texts_[format].size());
  }

  /// Of processor time.
  double files_per_s(std::size_t format) const {
    const double begin = harness::thread_seconds();
    for (const auto& text : texts_[format]) {
      if (!kFormats[format].read(text, Reading::lenient)) throw std::runtime_error("unreadable");
    }
    return static_cast<double>(texts_[format].size()) / (harness::thread_seconds() - begin);
  }

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::array<std::vector<std::string>, kFormats.size()> texts_;
};

/// npm's tsshogi under Node, in a process of its own that reads when it is asked to.
class Tsshogi {
 public:
  Tsshogi(const std::filesystem::path& folder, const std::string& format) {
    const std::string answers = folder / (format + ".answers");
    if (::mkfifo(answers.c_str(), S_IRUSR | S_IWUSR) != 0) throw std::runtime_error(answers);
    const std::string command = fmt::format(
        "PATH={0}/build/node/bin:$PATH node {0}/tests/records/read_speed.js {1} {2} >{3}",
        KEISEI_SOURCE_DIR, folder.string(), format, answers);
    questions_ = ::popen(command.c_str(), "w");
    if (questions_ == nullptr) throw std::runtime_error("cannot run: " + command);
    answers_.open(answers);
  }
  ~Tsshogi() { ::pclose(questions_); }
  Tsshogi(const Tsshogi&) = delete;
  Tsshogi& operator=(const Tsshogi&) = delete;

  /// Of processor time, that of its other threads included.
  double files_per_s() {
    std::fputc('\n', questions_);
    std::fflush(questions_);
    double files_per_s = 0;
    if (!(answers_ >> files_per_s)) throw std::runtime_error("tsshogi gave no answer");
    return files_per_s;
  }

 private:
  std::FILE* questions_;
  std::ifstream answers_;
};

/// The figures of one format, both sides of which are measured in turn.
struct Row {
  Row(const std::filesystem::path& folder, const Format& format) : tsshogi(folder, format.name) {}

  Tsshogi tsshogi;
  std::vector<double> files_per_s;
  std::vector<double> tsshogi_files_per_s;
  std::vector<double> ratio;
};

void measure(const harness::Request& request) {
  constexpr double kLeast = 10;  // times another implementation
  const Games games;
  std::deque<Row> rows;
  for (const Format& format : kFormats) rows.emplace_back(games.folder(), format);
  for (int i = 0; i <= request.repetitions; ++i) {
    for (std::size_t f = 0; f < kFormats.size(); ++f) {
      const double ours = games.files_per_s(f);
      const double theirs = rows[f].tsshogi.files_per_s();
      if (i == 0) continue;  // which warms both up
      rows[f].files_per_s.push_back(ours);
      rows[f].tsshogi_files_per_s.push_back(theirs);
      rows[f].ratio.push_back(ours / theirs);
    }
  }
  harness::Rows lines(request.json);
  for (std::size_t f = 0; f < kFormats.size(); ++f) {
    const double mb = games.bytes_per_file(f) / 1e6;
    harness::Report report("record.read");
    report.word("format", kFormats[f].name)
        .figure("files_per_s", rows[f].files_per_s)
        .figure("mb_per_s", harness::median(rows[f].files_per_s) * mb)
        .figure("tsshogi_files_per_s", rows[f].tsshogi_files_per_s)
        .figure("ratio_to_tsshogi", rows[f].ratio, harness::at_least(kLeast));
    lines.print(report);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    measure(harness::read_request(
        argc, argv, "Reads a thousand games in every format, beside npm's tsshogi under Node."));
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "record_read_benchmark: {}\n", error.what());
    return 1;
  }
}
