#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "loadtest/showcase_process.h"

namespace keisei::loadtest {

/// A recorded training run, told to a showcase as its trainer told it, only faster. Before it, its
/// updates are told several times, as if it had gone on for so long: what is kept of the past is
/// full then. At its end it goes on saying that it is alive.
class ReplayedRun {
 public:
  /// `recording`: gzipped lines `{"at":seconds,"message":{…}}`, as tests/e2e records them. Throws
  /// std::runtime_error when there are none.
  ReplayedRun(const ShowcaseProcess& showcase, const std::filesystem::path& recording, double speed,
              int earlier_rounds);
  ~ReplayedRun();
  ReplayedRun(const ReplayedRun&) = delete;
  ReplayedRun& operator=(const ReplayedRun&) = delete;

  /// The past is told.
  bool has_begun() const { return begun_; }
  bool is_told() const { return told_; }
  /// Throws std::runtime_error when the showcase did not listen to the end.
  void stop();

 private:
  struct Line {
    double at;  // seconds since the first
    std::string message;
  };
  static std::vector<Line> read(const std::filesystem::path& recording);
  void prepare(double speed, int earlier_rounds);
  void tell(const std::string& url, const std::string& token_file);

  std::vector<Line> lines_;
  std::size_t past_ = 0;  // that many lines come before the recorded ones
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> begun_ = false;
  std::atomic<bool> told_ = false;
  std::string lost_;  // why the connection ended; read when the thread is joined
  std::thread thread_;
};

}  // namespace keisei::loadtest
