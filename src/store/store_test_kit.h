#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/counters.h"
#include "base/notices.h"
#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "protocol/codec.h"
#include "store/sqlite_store.h"
#include "store/standard_start.h"

namespace keisei::store::testing {

using Lines = std::vector<std::string>;
using Moves = std::vector<std::string>;

inline KeptRun run(const std::string& run_id = "run") {
  return {{run_id, "Name of " + run_id, "demo", "cpu", 12345, 2, 32, protocol::Reward::shaped, 0.5,
           0.2, 64, 1763848000.25}};
}

inline KeptUpdate update(std::int64_t number, int segment = 1, double at = 1763848000.5) {
  return {"run",
          segment,
          {number,
           number * 1024,
           number / 2,
           at + static_cast<double>(number),
           {{"ppo/kl", 0.01 * static_cast<double>(number)}, {"elo", {}}}}};
}

inline KeptMove move(const std::string& game_id, int ply, const std::string& usi = "7g7f") {
  return {"run", game_id, ply, usi, 7, 0.25, -0.5, 3.5, 2, 30};
}

inline KeptGame game(const std::string& game_id,
                     std::vector<std::string> moves = {"7g7f", "3c3d"}) {
  return {"run",
          1,
          {game_id, 3, 7, std::string(kStandardStart), std::move(moves), protocol::Side::black,
           protocol::EndReason::checkmate, 1763848001.75}};
}

inline KeptEvaluation evaluation(std::int64_t update = 7) {
  protocol::EvaluationFinished evaluation{};
  evaluation.update = update;
  evaluation.global_step = 7168;
  evaluation.random_games = 100;
  evaluation.random_score = 0.75;
  evaluation.elo = 120.5;
  evaluation.skills = {{"mate_in_one", 3, 10}};
  evaluation.past_scores = {{3, 10, 2, 8}};
  evaluation.emitted_at = 1763848002.5;
  return {"run", 1, evaluation};
}

inline KeptCheckpoint checkpoint(std::int64_t update = 7) {
  return {"run", 1, {update, 7168, "checkpoint-00000007.keisei", 123456, 1763848003.5}};
}

inline KeptMilestone milestone(const std::string& key = "first_checkmate") {
  return {"run", key, 7, 2.5, "run-3", 41, 1763848004.5, protocol::Side::white, 3};
}

inline std::string text_of(const protocol::Number& number) {
  return number ? fmt::format("{}", *number) : "null";
}
template <class Message>
std::string json_of(const Message& message) {
  return protocol::encode(message, 0, 0);
}
inline std::string line_of(const KeptRun& kept) { return json_of(kept.run); }
inline std::string line_of(const KeptUpdate& kept) {
  return fmt::format("{} segment {}: {}", kept.run_id, kept.segment, json_of(kept.metrics));
}
inline std::string line_of(const KeptMove& kept) {
  return fmt::format("{} {} {}: {} update {} p {} v {} h {} rank {} of {}", kept.run_id,
                     kept.game_id, kept.ply, kept.usi, kept.update, text_of(kept.probability),
                     text_of(kept.value), text_of(kept.entropy), kept.rank.value_or(0),
                     kept.legal_moves);
}
inline std::string line_of(const KeptGame& kept) {
  return fmt::format("{} segment {}: {}", kept.run_id, kept.segment, json_of(kept.game));
}
inline std::string line_of(const KeptEvaluation& kept) {
  return fmt::format("{} segment {}: {}", kept.run_id, kept.segment, json_of(kept.evaluation));
}
inline std::string line_of(const KeptCheckpoint& kept) {
  return fmt::format("{} segment {}: {}", kept.run_id, kept.segment, json_of(kept.checkpoint));
}
inline std::string line_of(const KeptMilestone& kept) {
  return fmt::format("{} {}: update {} value {} in {} ({}) at {} of {}, {}", kept.run_id, kept.key,
                     kept.update, text_of(kept.value), kept.game_id.value_or("none"),
                     kept.game_number.value_or(-1), kept.ply.value_or(-1),
                     kept.side ? to_string(*kept.side) : "nobody", kept.reached_at);
}

/// All that is remembered, for comparison.
inline Lines lines_of(const RunMemory& memory) {
  Lines lines{json_of(memory.run),
              fmt::format("segment {}, {} games", memory.segment, memory.games)};
  const auto add = [&](const auto& list) {
    for (const auto& kept : list) lines.push_back(line_of(kept));
  };
  add(memory.updates);
  add(memory.finished);
  add(memory.moves);
  add(memory.evaluations);
  add(memory.milestones);
  return lines;
}

inline std::string bytes_in(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A store in a folder of its own, that can be closed and opened again.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() { open(); }

  void open() {
    store_.reset();
    store_ = std::make_unique<SqliteStore>(StoreOptions{file_}, clock_, counters_, notices_);
    store_->settle();
  }
  void close() { store_.reset(); }
  /// Hands them over at once; whether they were kept.
  bool keep(std::vector<Entry> entries) {
    bool is_kept = false;
    store_->keep(std::move(entries), [&](bool kept) { is_kept = kept; });
    store_->settle();
    return is_kept;
  }
  /// Null if nothing is known of it.
  std::shared_ptr<const RunMemory> remembered(const std::string& run_id = "run") {
    const auto recalled = store_->recall(run_id);
    EXPECT_TRUE(recalled.has_value());
    return recalled.value_or(nullptr);
  }
  Lines recall(const std::string& run_id = "run") {
    const auto memory = remembered(run_id);
    return memory ? lines_of(*memory) : Lines{};
  }
  std::string newest_run() { return store_->recall_newest().value()->run.run_id; }
  std::uint64_t counted(const std::string& name, const std::string& label = "") {
    for (const auto& family : counters_.read()) {
      if (family.name != name) continue;
      for (const auto& value : family.values) {
        if (value.label == label) return static_cast<std::uint64_t>(value.value);
      }
    }
    ADD_FAILURE() << "nothing counts " << name << " " << label;
    return 0;
  }

  TemporaryFolder folder_;
  std::string file_ = folder_ / "show.db";
  ManualClock clock_;
  Counters counters_;
  Lines told_;
  Notices notices_{clock_,
                   [this](const auto& notice) { told_.push_back(keisei::line_of(notice)); }};
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace keisei::store::testing
