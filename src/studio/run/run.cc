#include "studio/run/run.h"

#include <string>

namespace keisei::studio {
namespace {

constexpr KeyFamily<protocol::Reward, protocol::Level> kReward("system.reward.*.*");

}  // namespace

void Run::learn(const protocol::TrainerMetrics& metrics) {
  update_ = metrics.update;
  games_ = metrics.games;
  const auto& row = protocol::row_of(protocol::Metric::samples_per_s);
  const auto found = metrics.metrics.find(std::string(row.trainer_key));
  if (found != metrics.metrics.end()) samples_per_s_ = found->second;
}

void Run::remember(const store::RunMemory& memory) {
  games_seen_ = memory.games;
  if (memory.updates.empty()) return;
  const protocol::TrainerMetrics newest = memory.updates.back().metrics;
  update_ = newest.update;
  games_ = newest.games;
}

std::optional<protocol::RunView> Run::view(const Content& content, protocol::Level level,
                                           protocol::Language language) const {
  if (!run_) return std::nullopt;
  protocol::RunView view{};
  view.name = run_->name;
  view.preset = run_->preset;
  view.device = run_->device;
  view.parameters = run_->parameters;
  view.tower_depth = run_->tower_depth;
  view.tower_width = run_->tower_width;
  view.reward = run_->reward;
  view.reward_text = content.text(language, kReward(run_->reward, level),
                                  {{"coefficient", figure(run_->shaping_coefficient)}});
  view.started_at = run_->started_at;
  return view;
}

Keys Run::keys() { return kReward.keys(); }

}  // namespace keisei::studio
