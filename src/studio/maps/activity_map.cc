#include "studio/maps/activity_map.h"

#include <algorithm>
#include <utility>

namespace keisei::studio {
namespace {

protocol::SeAttention no_attention() {
  protocol::SeAttention view{};
  view.block = 1;
  return view;
}

}  // namespace

void ActivityMap::on(const Event& event) {
  match(
      event,
      [&](const RunBegan&) {
        scene_.reset();
        new_scene_ = false;
        goes_off_ = on_air_;
      },
      [&](const SceneShown& shown) {
        scene_ = shown.scene;
        new_scene_ = true;
      },
      [&](const ActivityCaptured& captured) {
        const protocol::Attention& attention = captured.message;
        if (!scene_ || scene_->game->id() != attention.game_id || scene_->ply != attention.ply) {
          return;
        }
        changes_.changed();
      });
}

void ActivityMap::advance(SteadyTime now, Air& air) {
  if (std::exchange(goes_off_, false)) {
    on_air_ = false;
    air.send([](protocol::Level, protocol::Language) { return no_attention(); });
  }
  const bool late = changes_.take(now);
  if (!scene_ || (!std::exchange(new_scene_, false) && !late)) return;
  const protocol::Attention* attention = scene_->game->attention(scene_->ply);
  if (attention == nullptr) return;
  on_air_ = true;
  air.send(
      [&](protocol::Level level, protocol::Language) { return se_attention(*attention, level); });
}

protocol::SeAttention se_attention(const protocol::Attention& attention, protocol::Level level) {
  protocol::SeAttention view{};
  view.game_id = attention.game_id;
  view.ply = attention.ply;
  view.update = attention.update;
  view.method = protocol::MapMethod::se_weighted_activation;
  view.block = attention.block;
  const auto [low, high] =
      std::minmax_element(attention.activity.begin(), attention.activity.end());
  view.min = static_cast<double>(*low);
  view.max = static_cast<double>(*high);
  const float range = *high - *low;
  for (std::size_t i = 0; i < view.weights.size(); ++i) {
    view.weights[i] = range > 0 ? (attention.activity[i] - *low) / range : 0;
  }
  if (level == protocol::Level::advanced) {
    view.gates.assign(attention.gates.begin(), attention.gates.end());
  }
  return view;
}

}  // namespace keisei::studio
