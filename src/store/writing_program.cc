// Keeps numbered orders in FILE, from FIRST on and for ever, and prints the number of each that is
// kept. For kill_test.cc, which ends it.
#include <unistd.h>

#include <cstdlib>
#include <semaphore>

#include "store/kill_test_orders.h"

int main(int argc, char** argv) {
  using namespace keisei;
  using namespace keisei::store;
  namespace kit = keisei::store::testing;
  if (argc != 3) return 2;
  const SystemClock clock;
  Counters counters;
  Notices notices(clock, [](const Notices::Notice&) {});
  SqliteStore store({argv[1]}, clock, counters, notices);
  // As many as a trainer may have on their way.
  std::counting_semaphore<> free(64);
  store.keep({kit::run()}, [](bool) {});
  for (int number = std::atoi(argv[2]);; ++number) {
    free.acquire();
    store.keep(kit::numbered_order(number), [&free, number](bool kept) {
      const std::string line = std::to_string(number) + "\n";
      if (!kept || ::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(1);
      free.release();
    });
  }
}
