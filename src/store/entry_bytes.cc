#include "store/entry_bytes.h"

namespace keisei::store {
namespace {

constexpr std::size_t kNode = 64;  // of a map, with what the allocator adds

std::size_t extra(const KeptRun&) { return 0; }
std::size_t extra(const KeptUpdate& kept) {
  std::size_t sum = 0;
  for (const auto& [name, value] : kept.metrics.metrics) sum += kNode + sizeof name + name.size();
  return sum;
}
std::size_t extra(const KeptMove& kept) { return kept.game_id.size(); }
std::size_t extra(const KeptGame& kept) { return kept.game.moves.size() * sizeof(std::string); }
std::size_t extra(const KeptEvaluation& kept) {
  return kept.evaluation.skills.size() * sizeof(protocol::SkillOutcome);
}
std::size_t extra(const KeptCheckpoint&) { return 0; }
std::size_t extra(const KeptMilestone& kept) { return kept.key.size(); }

}  // namespace

std::size_t bytes_of(const Entry& entry) {
  return sizeof entry + std::visit([](const auto& kept) { return extra(kept); }, entry);
}

}  // namespace keisei::store
