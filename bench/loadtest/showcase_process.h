#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/testing/temporary_folder.h"
#include "loadtest/child_process.h"

namespace keisei::loadtest {

/// A keisei-showcase of our own on a free port, with its state in a temporary folder. Stopped and
/// cleaned up when this goes out of scope.
class ShowcaseProcess {
 public:
  /// Throws std::runtime_error when it does not come up within 10 s.
  ShowcaseProcess(const std::filesystem::path& program, const std::filesystem::path& content,
                  const std::vector<std::string>& more_options = {});

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return process_->pid(); }
  std::string ingest_url() const { return "ws://127.0.0.1:" + std::to_string(port_) + "/ingest"; }
  std::string token_file() const { return folder_ / "operator.token"; }

  /// CPU time of its edge, which runs on its main thread, so far; in microseconds.
  double edge_cpu_us() const;
  /// Resident memory in bytes.
  double resident_bytes() const;

 private:
  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  std::optional<ChildProcess> process_;
};

}  // namespace keisei::loadtest
