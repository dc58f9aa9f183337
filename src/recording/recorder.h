#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/notices.h"
#include "base/result.h"
#include "recording/turn_clock.h"
#include "recording/writer.h"
#include "store/keeper.h"
#include "studio/turn_witness.h"

namespace keisei::recording {

/// What else the show depends on.
struct RecordedShow {
  std::string program;  // version
  std::string texts;    // checksum_of_texts
  std::chrono::milliseconds per_move;
};

/// Records a studio, which has to be made with clock() and library(). The studio hands its turns
/// over and never waits for the disk; when that is full, or too slow, or fails, the recording ends
/// there, somebody is told once, and the show goes on. What was recorded a second ago is in the
/// file.
class Recorder final : public studio::TurnWitness {
 public:
  /// Bytes of what is not written yet, without what was recalled.
  static constexpr std::size_t kMostWaiting = 32UL * 1024 * 1024;

  /// Never touches a file that is there: then it writes to "FILE-2", "FILE-3", with the extension
  /// where it was.
  static Result<std::unique_ptr<Recorder>> create(const std::string& path, const RecordedShow& show,
                                                  const Clock& clock, store::Library& library,
                                                  Notices& notices);
  /// Closes the file.
  ~Recorder() override;
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  const std::string& path() const { return path_; }
  /// For the studio's segments.
  const Clock& clock() const override { return turn_clock_; }
  /// For the studio's segments: the one that was given, overheard.
  store::Library& library() { return library_; }

  void begin() override;
  void begin(const broker::Input& input) override;
  void begin(const studio::EntriesKept& kept) override;
  void end() override;

 private:
  class OverheardLibrary final : public store::Library {
   public:
    OverheardLibrary(store::Library& library, std::vector<Recall>& recalls)
        : library_(library), recalls_(recalls) {}
    store::RecalledRun recall(const std::string& run_id) override;
    store::RecalledRun recall_newest() override;

   private:
    store::RecalledRun note(std::optional<std::string> run_id, store::RecalledRun recalled);

    store::Library& library_;
    std::vector<Recall>& recalls_;
  };

  Recorder(std::string path, Writer writer, MomentReader moments, store::Library& library,
           Topic& topic);
  void take(Cause cause);
  void write();
  Result<void> write(const std::vector<Turn>& turns, bool is_last);

  const std::string path_;
  Writer writer_;  // the writing thread's
  Topic& topic_;
  MomentReader moments_;
  TurnClock turn_clock_;
  Turn turn_;  // that is being taken
  OverheardLibrary library_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Turn> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool is_closing_ = false;
  bool has_ended_ = false;  // nothing more is recorded
  std::thread thread_;
};

}  // namespace keisei::recording
