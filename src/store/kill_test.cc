#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "store/kill_test_orders.h"
#include "store/recollection.h"
#include "store/store_file.h"

namespace keisei::store::testing {
namespace {

/// Runs the writing program for a while and kills it; the numbers that it was told are kept.
std::vector<int> killed_after(std::chrono::microseconds life, const std::string& file, int first) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    const std::string number = std::to_string(first);
    ::execl(KEISEI_WRITING_PROGRAM, KEISEI_WRITING_PROGRAM, file.c_str(), number.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string said;
  const auto read_some = [&] {
    char bytes[4096];
    const ssize_t got = ::read(ends[0], bytes, sizeof bytes);
    if (got > 0) said.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  };
  // Its life begins when it has kept something.
  bool runs = read_some();
  std::thread killer([&] {
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
  });
  while (runs) runs = read_some();
  killer.join();
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself";
  std::vector<int> numbers;
  std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
  for (int number = 0; lines >> number;) numbers.push_back(number);
  return numbers;
}

TEST(Kill9, TakesNothingAwayOfWhichSomebodyWasToldThatItIsKept) {
  constexpr int kTimes = 20;
  const TemporaryFolder folder;
  const std::string path = folder / "show.db";
  std::minstd_rand random(12);
  std::uniform_int_distribution<int> life(0, 60'000);
  std::set<int> told;
  for (int time = 0; time < kTimes; ++time) {
    const int first = told.empty() ? 0 : *told.rbegin() + 1;
    const auto numbers = killed_after(std::chrono::microseconds(life(random)), path, first);
    ASSERT_FALSE(numbers.empty());
    told.insert(numbers.begin(), numbers.end());

    const auto file = StoreFile::open(path);  // looks for damage
    ASSERT_TRUE(file.has_value()) << file.error().why;
    const auto memory = recollect(path, "run");
    ASSERT_TRUE(memory.has_value()) << memory.error().why;
    std::set<std::string> kept;
    for (const auto& one : (*memory)->updates) kept.insert(line_of(one));
    for (const auto& one : (*memory)->milestones) kept.insert(line_of(one));
    for (const auto& one : (*memory)->finished) kept.insert(line_of(one));
    std::set<int> games;
    for (const auto& one : (*memory)->finished) games.insert(std::stoi(one.game.game_id.substr(4)));
    for (const int number : told) {
      for (const Entry& entry : numbered_order(number)) {
        if (std::holds_alternative<KeptMove>(entry)) continue;
        const std::string line = std::visit([](const auto& one) { return line_of(one); }, entry);
        // Of older games only the number is remembered.
        const bool is_old = std::holds_alternative<KeptGame>(entry) &&
                            (*memory)->games > static_cast<std::int64_t>(RunMemory::kMostGames);
        ASSERT_TRUE(is_old || kept.count(line) == 1) << number << ": " << line;
      }
    }
  }
}

}  // namespace
}  // namespace keisei::store::testing
