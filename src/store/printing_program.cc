// Prints what is remembered of the run that was heard of last in FILE, as a showcase would recall
// it: a message a line. For tests in other languages.
#include <iostream>

#include "protocol/codec.h"
#include "store/recollection.h"

int main(int argc, char** argv) {
  using namespace keisei;
  if (argc != 2) return 2;
  const auto memory = store::recollect(argv[1], std::nullopt);
  if (!memory) {
    std::cerr << memory.error().why << "\n";
    return 1;
  }
  if (!*memory) return 0;
  const auto print = [](const auto& message) {
    std::cout << protocol::encode(message, 0, 0) << "\n";
  };
  print((*memory)->run);
  for (const auto& one : (*memory)->updates) print(one.metrics);
  for (const auto& one : (*memory)->finished) print(one.game);
  for (const auto& one : (*memory)->evaluations) print(one.evaluation);
}
