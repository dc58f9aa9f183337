#include "base/unwaited_output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>

#include "base/testing/held_terminal.h"

namespace keisei {
namespace {

const std::string kLine = std::string(999, 'x') + "\n";

TEST(UnwaitedOutput, WaitsForNobodyToEmptyAPipe) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  UnwaitedOutput output(pipe[1]);
  int taken = 0;
  while (output.write(kLine)) ++taken;
  EXPECT_GT(taken, 10);
  EXPECT_FALSE(output.write(kLine));
  EXPECT_EQ(output.left_out(), 2U);
  std::string read(8192, '\0');
  ASSERT_EQ(::read(pipe[0], read.data(), read.size()), 8192);
  EXPECT_TRUE(output.write(kLine));
  EXPECT_EQ(output.left_out(), 0U);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST(UnwaitedOutput, WaitsForNoTerminalThatIsHeld) {
  HeldTerminal terminal;
  UnwaitedOutput output(terminal.descriptor());
  EXPECT_FALSE(output.write("held\n"));
  terminal.release();
  EXPECT_TRUE(output.write("seen\n"));
  EXPECT_EQ(terminal.shown_until("seen\r\n"), "seen\r\n");
}

TEST(UnwaitedOutput, GivesATerminalThatNobodyReadsWholeLines) {
  HeldTerminal terminal;
  terminal.release();
  UnwaitedOutput output(terminal.descriptor());
  std::size_t lines = 0;
  while (output.write(kLine)) ++lines;
  EXPECT_GT(lines, 1U);
  std::string shown;
  while (!output.write("the end\n")) shown += terminal.shown();
  shown += terminal.shown_until("the end\r\n");
  const std::string line = std::string(999, 'x') + "\r\n";
  std::string expected;
  for (std::size_t i = 0; i < lines; ++i) expected += line;
  EXPECT_EQ(shown, expected + "the end\r\n");
}

TEST(UnwaitedOutput, FailsWhereNobodyIs) {
  UnwaitedOutput output(-1);
  EXPECT_FALSE(output.write("lost\n"));
}

}  // namespace
}  // namespace keisei
