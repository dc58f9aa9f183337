#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "studio/content/content.h"
#include "studio/milestones/detector.h"
#include "studio/milestones/milestone_words.h"
#include "studio/segment.h"

namespace keisei::studio {

/// Tells viewers what the run reaches: each milestone once, and not before it is kept, nor before
/// it has come in the game on screen. Of a show that cannot keep anything, that it will not be
/// known later; it is tried again when something else could be kept. Nothing while nobody can say
/// what the run had reached before. Whoever comes later gets the newest of them in a list.
class MilestoneBoard final : public Segment {
 public:
  static constexpr std::size_t kMostListed = 50;
  /// Games that end while nobody can say what the run had reached wait to be read; so many of them.
  /// Of a run with more of them no first is claimed any more.
  static constexpr std::size_t kMostUnread = 64;
  /// The list goes to everybody and is long: it leaves the news a head start.
  static constexpr std::chrono::milliseconds kListDelay{1000};

  /// `content` outlives it.
  explicit MilestoneBoard(const Content& content) : detector_(content.castles()), words_(content) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override;
  Keys keys() const override { return words_.keys(); }

 private:
  enum class State { found, on_its_way, kept, lost };
  struct Listed {
    Milestone milestone;
    State state;
    bool told = false;  // and so in the list
  };

  struct Place {
    std::string game_id;
    int ply;  // viewers have seen so much of it
  };

  void begin(const RunBegan& began);
  bool is_still_to_come(const Milestone& milestone) const;
  void find(std::vector<Milestone> found);
  void hear(const GameEnded& ended);
  void hear(const EntriesKept& kept);
  protocol::Milestones list(protocol::Level level, protocol::Language language) const;
  protocol::MilestoneView view(const Listed& one, protocol::Level level,
                               protocol::Language language) const;

  MilestoneDetector detector_;
  MilestoneWords words_;
  std::string run_id_;
  bool is_forgotten_ = false;  // what was reached before
  std::vector<protocol::GameFinished> unread_;
  std::vector<Listed> milestones_;  // oldest first
  Place on_screen_{};
  std::vector<FirstSeen> firsts_;  // not announced yet
  std::optional<SteadyTime> list_due_;
};

}  // namespace keisei::studio
