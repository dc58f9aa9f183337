#include "http/accepts.h"

#include <gtest/gtest.h>

namespace keisei::http {
namespace {

TEST(Accepts, WhatIsNamed) {
  EXPECT_EQ(liking("gzip, deflate, br", "br"), 1);
  EXPECT_EQ(liking("GZIP", "gzip"), 1);
  EXPECT_EQ(liking("br;q=0.5 , gzip; Q=0.8", "gzip"), 0.8);
}

TEST(Accepts, NothingThatIsNotNamed) {
  EXPECT_EQ(liking("", "br"), 0);
  EXPECT_EQ(liking("gzip", "br"), 0);
  EXPECT_EQ(liking("xbr, brx", "br"), 0);
}

TEST(Accepts, NotWhatIsRuledOut) {
  EXPECT_EQ(liking("gzip, br;q=0", "br"), 0);
  EXPECT_EQ(liking("*, br;q=0", "br"), 0);
}

TEST(Accepts, WhatIsNotNamedWhereAllIsWelcome) {
  EXPECT_EQ(liking("*;q=0.3", "br"), 0.3);
  EXPECT_EQ(liking("gzip;q=1, *;q=0", "br"), 0);
}

TEST(Accepts, NothingByWhatCannotBeRead) {
  for (const char* broken : {"br;q=", "br;q=x", "br;q=2", "br;q=-1", "br;q=1e-1", ";;;", ",,,"}) {
    EXPECT_EQ(liking(broken, "br"), 0) << broken;
  }
}

}  // namespace
}  // namespace keisei::http
