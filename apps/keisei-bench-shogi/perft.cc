#include "shogi/perft.h"

#include <stdexcept>

#include "measurement.h"

namespace {

using keisei::shogi::Position;

constexpr std::string_view kTactical =
    "l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1";

using Counter = std::uint64_t (*)(Position&, int);

/// Million leaves per second of processor time, over `times` counts.
double rate(Position position, Counter count, int depth, int times, std::uint64_t expected) {
  const double begin = thread_seconds();
  for (int i = 0; i < times; ++i) {
    if (count(position, depth) != expected) throw std::logic_error("perft counts wrongly");
  }
  return static_cast<double>(expected) * times / (thread_seconds() - begin) / 1e6;
}

}  // namespace

std::vector<Measurement> perft_measurements() {
  const Position start = Position::startpos();
  const Position tactical = Position::from_sfen(kTactical).value();
  return {
      {"bulk_mnodes_per_s", 150.0,
       [=] { return rate(start, keisei::shogi::perft, 5, 1, 19'861'490); }},
      {"nonbulk_mnodes_per_s", 25.0,
       [=] { return rate(start, keisei::shogi::perft_to_leaves, 5, 1, 19'861'490); }},
      {"tactical_bulk_mnodes_per_s", 450.0,
       [=] { return rate(tactical, keisei::shogi::perft, 3, 15, 4'809'015); }},
  };
}
