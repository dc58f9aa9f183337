#include "studio/game/remark_chooser.h"

#include <algorithm>
#include <utility>

namespace keisei::studio {
namespace {

using protocol::Level;

bool holds(const std::vector<std::string>& said, const std::string& gist) {
  return std::find(said.begin(), said.end(), gist) != said.end();
}

/// All that could be said, in the order in which it is considered.
std::vector<Remark> candidates(const SceneFacts& facts, Level level) {
  std::vector<Remark> all;
  if (level == Level::advanced) all.push_back({Remark::Kind::choice});
  if (level != Level::beginner) all.push_back({Remark::Kind::swing});
  for (std::size_t i = 0; i < facts.told.size(); ++i) all.push_back({Remark::Kind::fact, i});
  if (level == Level::intermediate) all.push_back({Remark::Kind::choice});
  return all;
}

bool repeats_a_mate(const Remark& remark, const SceneRemarks& chosen, const SceneFacts& facts) {
  if (remark.kind != Remark::Kind::fact) return false;
  const shogi::Move mate = facts.told[remark.fact].fact.move;
  return !mate.is_none() && std::any_of(chosen.begin(), chosen.end(), [&](const Remark& other) {
    return other.kind == Remark::Kind::fact && facts.told[other.fact].fact.move == mate;
  });
}

/// The network's choice is said last, however early it was chosen.
void put_in_order(SceneRemarks& remarks) {
  std::stable_partition(remarks.begin(), remarks.end(),
                        [](const Remark& remark) { return remark.kind != Remark::Kind::choice; });
}

}  // namespace

std::optional<std::string> RemarkChooser::gist(const Remark& remark, const Scene& scene,
                                               const SceneFacts& facts, Level level) const {
  if (remark.kind == Remark::Kind::fact) {
    return std::string(keisei::to_string(facts.told[remark.fact].fact.rule));
  }
  std::string text = commentary_->remark(remark, scene, facts, level, protocol::Language::en);
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

SceneRemarks RemarkChooser::choose(const Scene& scene, const SceneFacts& facts, Level level,
                                   Memory& memory) const {
  const std::size_t most = level == Level::beginner ? 1 : kMostRemarks;
  SceneRemarks chosen;
  Said said;
  for (const Remark& remark : candidates(facts, level)) {
    if (chosen.size() == most) break;
    auto gist = this->gist(remark, scene, facts, level);
    if (!gist || (holds(memory.last, *gist) && holds(memory.before_last, *gist))) continue;
    if (repeats_a_mate(remark, chosen, facts)) continue;
    chosen.push_back(remark);
    said.push_back(std::move(*gist));
  }
  put_in_order(chosen);
  memory.before_last = std::exchange(memory.last, std::move(said));
  return chosen;
}

std::array<SceneRemarks, kEnumerators<Level>> RemarkChooser::choose(const Scene& scene,
                                                                    const SceneFacts& facts) {
  std::array<SceneRemarks, kEnumerators<Level>> remarks;
  for (const Level level : protocol::enumerators<Level>()) {
    const auto i = static_cast<std::size_t>(level);
    if (facts.played) {
      remarks[i] = choose(scene, facts, level, memory_[i]);
    } else {
      memory_[i] = {};
    }
  }
  return remarks;
}

}  // namespace keisei::studio
