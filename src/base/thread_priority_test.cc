#include "base/thread_priority.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

#include "base/cpu_name.h"

namespace keisei {
namespace {

int nice_value() { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())); }

TEST(ThreadPriority, IsLoweredForTheCallingThreadOnly) {
  const int before = nice_value();
  int lowered = before;
  std::thread([&] {
    lower_priority(ThreadPriority::lowest);
    lowered = nice_value();
  }).join();
  EXPECT_EQ(lowered, 19);
  EXPECT_EQ(nice_value(), before);
}

TEST(ThreadPriority, ChangesNothingWhenItIsNormal) {
  const int before = nice_value();
  lower_priority(ThreadPriority::normal);
  EXPECT_EQ(nice_value(), before);
}

TEST(ThreadPriority, KeepsAThreadOnOneProcessor) {
  int processor = -1;
  std::thread([&] {
    stay_on(0);
    processor = ::sched_getcpu();
  }).join();
  EXPECT_EQ(processor, 0);
}

TEST(ThreadPriority, IgnoresAProcessorThatIsNotThere) {
  cpu_set_t before;
  cpu_set_t after;
  ::sched_getaffinity(0, sizeof before, &before);
  stay_on(-1);
  stay_on(CPU_SETSIZE);
  ::sched_getaffinity(0, sizeof after, &after);
  EXPECT_TRUE(CPU_EQUAL(&before, &after));
}

TEST(CpuName, NeedsNoEscapingInJson) {
  const std::string name = cpu_name();
  EXPECT_FALSE(name.empty());
  EXPECT_EQ(name.find_first_of("\"\\\n\t"), std::string::npos);
}

}  // namespace
}  // namespace keisei
