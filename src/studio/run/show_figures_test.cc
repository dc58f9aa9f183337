#include "studio/run/show_figures.h"

#include <gmock/gmock.h>

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

const SteadyTime kStart{1h};

TEST(ShowFigures, AddUpTheViewersOfAllEdges) {
  ShowFigures figures(kStart);
  figures.count_viewers("a", 3, kStart);
  figures.count_viewers("b", 4, kStart);
  figures.count_viewers("a", 5, kStart + 1s);
  EXPECT_EQ(figures.viewers(kStart + 1s), 9);
}

TEST(ShowFigures, ForgetAnEdgeThatHasFallenSilent) {
  ShowFigures figures(kStart);
  figures.count_viewers("a", 3, kStart);
  figures.count_viewers("b", 4, kStart + 10s);
  EXPECT_EQ(figures.viewers(kStart + 15s), 7);
  EXPECT_EQ(figures.viewers(kStart + 16s), 4);
}

}  // namespace
}  // namespace keisei::studio
