// What a search costs in an archive of 100 000 games, three months of the demo run: opened,
// searched and closed, as for every question.
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive_file.h"
#include "base/testing/temporary_folder.h"
#include "harness/measure.h"
#include "store/store_file.h"

namespace {

using namespace keisei;

constexpr int kGames = 100'000;
constexpr int kAtOnce = 1'000;
constexpr int kMostPlies = 300;

store::KeptGame game(int number) {
  protocol::GameFinished game{};
  game.game_id = "20261128-033153-4a7211fa-" + std::to_string(number);
  game.game_number = number;
  game.update = number / 8;
  game.start_sfen = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
  game.moves.assign(static_cast<std::size_t>(number * 7 % kMostPlies), "7g7f");
  game.winner = number % 2 == 0 ? protocol::Side::black : protocol::Side::white;
  game.reason = protocol::EndReason::checkmate;
  return {"20261128-033153-4a7211fa", 1, std::move(game)};
}

/// An archive that is there as long as this is.
class Show {
 public:
  Show() {
    auto file = store::StoreFile::open(path(), [](const protocol::GameFinished& game) {
      const bool has_castle = game.game_number % 20 == 0;
      return store::GameTraits{" black/ranging_rook white/static_rook ",
                               has_castle ? " black/half_mino " : ""};
    });
    if (!file) throw std::runtime_error(file.error().why);
    for (int begin = 0; begin < kGames; begin += kAtOnce) {
      std::vector<store::Entry> entries;
      for (int number = begin; number < begin + kAtOnce; ++number) {
        entries.emplace_back(game(number));
      }
      if (const auto kept = file->commit(entries); !kept) {
        throw std::runtime_error(kept.error().why);
      }
      file->tidy();
    }
  }

  double milliseconds(const archive::Search& search) const {
    const double begin = harness::thread_seconds();
    auto file = archive::ArchiveFile::open(path());
    if (!file) throw std::runtime_error(file.error().why);
    const auto page = file->find(search);
    if (!page || !*page) throw std::runtime_error("the search was given up");
    return (harness::thread_seconds() - begin) * 1e3;
  }

 private:
  std::string path() const { return folder_ / "show.db"; }

  TemporaryFolder folder_;
};

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(argc, argv, "archive.search", "A search of 100 000 games (ms)", [] {
    const auto show = std::make_shared<const Show>();
    const auto searching = [show](const archive::Search& search) {
      return [show, search] { return show->milliseconds(search); };
    };
    using archive::Order;
    return std::vector<harness::Measurement>{
        {"newest_ms", std::nullopt, searching({.limit = 100})},
        {"castle_ms", std::nullopt, searching({.castle = "half_mino", .limit = 100})},
        {"nothing_ms", std::nullopt, searching({.castle = "yagura"})},
        {"longest_ms", std::nullopt, searching({.order = Order::longest, .limit = 100})}};
  });
}
