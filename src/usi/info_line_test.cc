#include "usi/info_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/usi.h"

namespace keisei::usi {
namespace {

using ::testing::ElementsAre;

search::SearchLine line(search::Score score, const char* usi) {
  return {score, {*shogi::parse_usi(usi, shogi::Position::startpos())}};
}

TEST(InfoLine, SaysWhatTheSearchFound) {
  search::SearchReport report;
  report.nodes = 50;
  report.time = std::chrono::milliseconds(100);
  report.deepest = 4;
  report.permille_used = 7;
  report.lines = {line({.value = 0}, "7g7f")};
  EXPECT_THAT(info_lines(report), ElementsAre("info depth 1 seldepth 4 time 100 nodes 50 nps 500 "
                                              "hashfull 7 score cp 0 pv 7g7f"));
}

TEST(InfoLine, NumbersSeveralLines) {
  search::SearchReport report;
  report.lines = {line({.value = 1, .mate_in = 3}, "7g7f"), line({.value = 0}, "2g2f")};
  EXPECT_THAT(info_lines(report),
              ElementsAre("info depth 1 seldepth 1 time 0 nodes 0 nps 0 hashfull 0 multipv 1 "
                          "score mate 3 pv 7g7f",
                          "info depth 1 seldepth 1 time 0 nodes 0 nps 0 hashfull 0 multipv 2 "
                          "score cp 0 pv 2g2f"));
}

TEST(Centipawns, AreSymmetricAndBounded) {
  EXPECT_EQ(centipawns(0.5), 659);  // 600 ln 3
  EXPECT_EQ(centipawns(-0.5), -659);
  EXPECT_EQ(centipawns(1), centipawns(0.9999));
}

}  // namespace
}  // namespace keisei::usi
