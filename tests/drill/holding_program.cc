// Holds memory, as bytes_in_use.test.js asks by lines of standard input: "hold", many small pieces
// and a large one on another thread; "free", gives the same back. Each is answered by a line
// "done".
#include <cstddef>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int kPieces = 20'000;
constexpr std::size_t kPiece = 1'000;
constexpr std::size_t kLarge = 64UL * 1024 * 1024;

}  // namespace

int main() {
  std::vector<std::string> held;
  const auto hold = [&held] {
    held.reserve(kPieces + 1);
    for (int i = 0; i < kPieces; ++i) held.emplace_back(kPiece, 'x');
    held.emplace_back(kLarge, 'x');
  };
  for (std::string wish; std::getline(std::cin, wish);) {
    if (wish == "hold") std::thread(hold).join();
    if (wish == "free") std::vector<std::string>().swap(held);
    std::cout << "done" << std::endl;
  }
}
