#include "shogi/perft.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::position;

/// The rows of a table in testdata/, without comment and header.
std::vector<std::vector<std::string>> rows(const std::string& file) {
  std::ifstream table(std::string(KEISEI_TESTDATA) + "/" + file);
  EXPECT_TRUE(table) << file;
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#') || line.starts_with("sfen,")) continue;
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  EXPECT_GT(rows.size(), 10U);
  return rows;
}

constexpr std::uint64_t kMostNodes = 20'000'000;

TEST(Perft, AgreesWithOtherEnginesOnKnownPositions) {
  for (const auto& row : rows("perft.csv")) {
    const auto expected = std::stoull(row[2]);
    if (expected > kMostNodes) continue;
    Position root = position(row[0]);
    EXPECT_EQ(perft(root, std::stoi(row[1])), expected) << row[0] << " depth " << row[1];
  }
}

TEST(Perft, CountsTheSameWhenEveryLeafIsPlayed) {
  for (const auto& row : rows("perft.csv")) {
    const auto expected = std::stoull(row[2]);
    if (expected > kMostNodes / (8 * testing::kSanitizerShare)) continue;
    Position root = position(row[0]);
    EXPECT_EQ(perft_to_leaves(root, std::stoi(row[1])), expected) << row[0] << " depth " << row[1];
    EXPECT_EQ(root, position(row[0]));
  }
}

TEST(Perft, AgreesWithOtherEnginesOnPositionsOfRandomGames) {
  for (const auto& row : rows("perft_fuzz.csv")) {
    Position root = position(row[0]);
    EXPECT_EQ(perft(root, 1), std::stoull(row[1])) << row[0];
    EXPECT_EQ(perft(root, 2), std::stoull(row[2])) << row[0];
  }
}

}  // namespace
}  // namespace keisei::shogi
