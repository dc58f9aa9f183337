#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/counters.h"
#include "base/notices.h"
#include "broker/frame.h"
#include "recording/reader.h"
#include "recording/turn_clock.h"
#include "store/keeper.h"
#include "studio/content/content.h"
#include "studio/studio.h"

namespace keisei::recording {

/// Tells one set of texts from another.
std::string checksum_of_texts(const studio::Content& content);

/// A studio that works in what another has worked in, turn by turn, at the same times: with the
/// same code and texts it makes the same frames to the last byte. Keeps nothing and tells nobody.
/// For one thread.
class Replay {
 public:
  /// `content` outlives it.
  Replay(Reader reader, const studio::Content& content);
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// When the next turn was taken; none at the end.
  std::optional<Moment> next();
  /// Takes the next turn, which there is; what it brought on air.
  std::vector<broker::FramePtr> take();

  /// Of the last turn that was taken, or of the beginning.
  Moment now() const { return {clock_.steady(), clock_.wall()}; }
  Moment begin() const { return begin_of(reader_.header()); }
  /// The last turn, as far as it is known.
  const Moment& last() const { return last_; }
  /// Valid when next() has given none.
  const Ending& ending() const { return reader_.ending(); }
  /// Empty, or why it may show something else than was shown then.
  std::string difference() const;

 private:
  // Remembers what was recalled then.
  class RecalledLibrary final : public store::Library {
   public:
    void hold(std::vector<Recall> recalls) { recalls_ = {recalls.begin(), recalls.end()}; }
    store::RecalledRun recall(const std::string& run_id) override {
      return recall(std::optional(run_id));
    }
    store::RecalledRun recall_newest() override { return recall(std::optional<std::string>()); }

   private:
    store::RecalledRun recall(const std::optional<std::string>& run_id);

    std::deque<Recall> recalls_;
  };

  studio::Studio make_studio();
  void work_in(const Cause& cause);
  void promise(std::vector<store::Entry> entries);

  Reader reader_;
  const studio::Content& content_;
  Moment last_;
  std::optional<Turn> next_;
  TurnClock clock_;
  RecalledLibrary library_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  std::vector<broker::FramePtr> frames_;  // of the turn
  // What was to be kept, and has not been answered for: the oldest first.
  std::deque<std::shared_ptr<const std::vector<store::Entry>>> promised_;
  studio::Studio studio_;
};

}  // namespace keisei::recording
