#include "harness/machine.h"

#include <fmt/format.h>

#include <thread>

#include "base/cpu_name.h"

namespace keisei::harness {
namespace {

#ifdef NDEBUG
constexpr const char* kBuild = "release";
#else
constexpr const char* kBuild = "dev";
#endif

}  // namespace

const Machine& this_machine() {
  static const Machine machine{cpu_name(), std::thread::hardware_concurrency(), kBuild};
  return machine;
}

std::string machine_text() {
  const Machine& machine = this_machine();
  return fmt::format("{}, {} cores, {} build", machine.cpu, machine.cores, machine.build);
}

}  // namespace keisei::harness
