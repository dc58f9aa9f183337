#include "doctor/finding.h"

#include <gtest/gtest.h>

namespace keisei::doctor {
namespace {

const Findings kFindings = {{"disk", Verdict::ok, "2 GB free"},
                            {"public_port", Verdict::failed, "port 8080 is in use", "stop it"}};

TEST(Findings, SayWhatToDoUnderWhatWasFound) {
  EXPECT_EQ(text_of(kFindings),
            "ok       disk         2 GB free\n"
            "failed   public_port  port 8080 is in use\n"
            "                      → stop it\n");
}

TEST(Findings, AreAnObjectForPrograms) {
  EXPECT_EQ(json_of(kFindings),
            R"({"ok":false,"checks":[)"
            R"({"check":"disk","verdict":"ok","found":"2 GB free","advice":""},)"
            R"({"check":"public_port","verdict":"failed","found":"port 8080 is in use",)"
            R"("advice":"stop it"}]})"
            "\n");
}

TEST(Findings, AreWellWithWarnings) {
  EXPECT_FALSE(any_failed({{"disk", Verdict::warning, "little room"}}));
  EXPECT_TRUE(any_failed(kFindings));
}

TEST(Findings, CannotBeMadeToSayALineMore) {
  EXPECT_EQ(text_of({{"disk", Verdict::ok, "x\nfailed  disk  none"}}),
            "ok       disk  x\\nfailed  disk  none\n");
}

}  // namespace
}  // namespace keisei::doctor
