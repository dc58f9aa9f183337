#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace keisei::loadtest {

/// A keisei-showcase of our own on a free port, with its state in a temporary folder. Stopped and
/// cleaned up when this goes out of scope.
class ShowcaseProcess {
 public:
  /// Throws std::runtime_error when it does not come up within 10 s.
  ShowcaseProcess(const std::filesystem::path& program, const std::filesystem::path& content);
  ~ShowcaseProcess();
  ShowcaseProcess(const ShowcaseProcess&) = delete;
  ShowcaseProcess& operator=(const ShowcaseProcess&) = delete;

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }
  std::filesystem::path token_file() const { return folder_ / "operator.token"; }

  /// CPU time of its edge, which runs on its main thread, so far; in microseconds.
  double edge_cpu_us() const;
  /// Resident memory in bytes.
  double resident_bytes() const;

 private:
  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace keisei::loadtest
