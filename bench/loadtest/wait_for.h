#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

namespace keisei::loadtest {

/// Polls until the condition holds; throws std::runtime_error after 10 s.
template <class Condition>
void wait_for(const char* what, Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error(std::string("gave up waiting for ") + what);
}

}  // namespace keisei::loadtest
