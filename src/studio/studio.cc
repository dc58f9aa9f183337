#include "studio/studio.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;

constexpr auto kStatusInterval = std::chrono::seconds(1);
constexpr std::size_t kMetricsRemembered = 256;

}  // namespace

Studio::Studio(const Content& content, const Clock& clock, const StudioOptions& options,
               Outputs outputs)
    : clock_(clock),
      interval_(options.interval),
      outputs_(std::move(outputs)),
      metrics_(content),
      director_(options.director),
      game_view_(content),
      status_(content, clock, options.silence_limit),
      metrics_edge_(options.interval),
      status_edge_(options.interval),
      attention_edge_(options.interval),
      next_status_(clock.steady()) {}

void Studio::handle(const broker::Input& input) {
  std::visit([this](const auto& one) { on(one); }, input);
}

void Studio::on(const broker::TrainerOpened& opened) {
  status_.on(opened);
  status_edge_.changed();
  if (streaming_) outputs_.tell(opened.session, {*streaming_});
}

void Studio::on(const broker::TrainerClosed& closed) {
  status_.on(closed);
  status_edge_.changed();
}

// Viewers come and go all the time: their number waits for the next second's status.
void Studio::on(const broker::ViewersCounted& counted) { status_.on(counted); }

void Studio::on(const broker::OperatorSaid& said) {
  streaming_ = said.command == protocol::Command::resume_streaming;
  if (status_.session()) outputs_.tell(*status_.session(), {*streaming_});
}

void Studio::on(const broker::Telemetry& telemetry) {
  if (!status_.is_current(telemetry.session)) {
    ++refused_["old_session"];
    return;
  }
  const auto event = protocol::decode_telemetry(telemetry.json);
  if (!event) {
    ++refused_["undecodable"];
    last_refusal_ = event.error().message;
    return;
  }
  std::visit([this](const auto& one) { on_event(one); }, *event);
  const auto before = status_.state();
  status_.heard();
  if (status_.state() != before) status_edge_.changed();
}

void Studio::on_event(const protocol::RunStarted& run) {
  const bool other = status_.run_id() != run.run_id;
  status_.on(run);
  metrics_.start_run(run.run_id, run.clip_epsilon);
  if (other) {
    director_.start_run();
  } else {
    director_.library().reconnect();
  }
  status_edge_.changed();
}

// After a lost connection the trainer repeats what it is not sure to have been heard. Games and
// moves know their place; an update would appear twice in the history.
void Studio::on_event(const protocol::TrainerMetrics& metrics) {
  const std::pair identity(metrics.update, metrics.emitted_at);
  if (std::find(metrics_seen_.begin(), metrics_seen_.end(), identity) != metrics_seen_.end()) {
    return;
  }
  metrics_seen_.push_back(identity);
  if (metrics_seen_.size() > kMetricsRemembered) metrics_seen_.pop_front();
  metrics_.add(metrics);
  status_.on(metrics);
  metrics_emitted_at_ = metrics.emitted_at;
  metrics_edge_.changed();
  status_edge_.changed();
}

void Studio::on_event(const protocol::MovePlayed& played) { director_.library().add(played); }

void Studio::on_event(const protocol::GameFinished& finished) {
  director_.library().add(finished);
  status_.on_game_finished();
}

void Studio::on_event(const protocol::Attention& attention) {
  director_.library().add(attention);
  const Scene* scene = director_.scene();
  if (scene != nullptr && scene->game->id() == attention.game_id && scene->ply == attention.ply) {
    attention_edge_.changed();
  }
}

void Studio::on_event(const protocol::Heartbeat& heartbeat) {
  status_.on(heartbeat);
  heartbeat_emitted_at_ = heartbeat.sent_at;
  status_edge_.changed();
}

void Studio::on_event(const protocol::EvaluationFinished& evaluation) { status_.on(evaluation); }
void Studio::on_event(const protocol::CheckpointSaved& checkpoint) { status_.on(checkpoint); }

void Studio::advance() {
  const SteadyTime now = clock_.steady();
  Frames batch;
  if (status_.advance()) status_edge_.changed();
  if (now >= next_status_) status_edge_.changed();
  if (director_.advance(now)) {
    publish_scene(batch);
    publish_attention(batch);
  }
  if (attention_edge_.take(now)) publish_attention(batch);
  if (metrics_edge_.take(now)) publish_metrics(batch);
  if (status_edge_.take(now)) {
    next_status_ = now + kStatusInterval;
    publish_status(batch);
  }
  if (!batch.empty()) outputs_.publish(std::move(batch));
}

SteadyTime Studio::due() const {
  return std::min({director_.due(clock_.steady()), metrics_edge_.due(), status_edge_.due(),
                   attention_edge_.due(), status_.due(), next_status_});
}

// make(level, language) gives a message; variants that read the same share their bytes.
template <class Make>
void Studio::add_frame(Frames& batch, Make make) {
  using Message = decltype(make(Level::beginner, Language::en));
  const double timestamp = unix_seconds(clock_.wall());
  const std::uint64_t sequence = ++sequence_;
  broker::Frame frame{protocol::message_index<Message>(), {}};
  for (const Level level : {Level::beginner, Level::intermediate, Level::advanced}) {
    for (const Language language : {Language::en, Language::ja}) {
      std::string bytes = protocol::encode(make(level, language), timestamp, sequence);
      broker::Bytes shared;
      for (const broker::Bytes& other : frame.variants) {
        if (other && *other == bytes) shared = other;
      }
      if (!shared) shared = std::make_shared<const std::string>(std::move(bytes));
      frame.variants[protocol::variant_index(level, language)] = std::move(shared);
    }
  }
  batch.push_back(std::make_shared<const broker::Frame>(std::move(frame)));
}

void Studio::publish_scene(Frames& batch) {
  const Scene& scene = *director_.scene();
  add_frame(batch, [&](Level level, Language language) {
    return game_view_.game_state(scene, director_.per_move(), level, language);
  });
  add_frame(batch, [&](Level level, Language language) {
    return game_view_.move_predictions(scene, level, language);
  });
}

void Studio::publish_attention(Frames& batch) {
  const Scene& scene = *director_.scene();
  if (scene.game->attention(scene.ply) == nullptr) return;
  add_frame(batch, [&](Level level, Language) { return *game_view_.se_attention(scene, level); });
}

void Studio::publish_metrics(Frames& batch) {
  if (metrics_.empty()) return;
  add_frame(batch, [&](Level level, Language language) { return metrics_.view(level, language); });
  status_.record_latency(metrics_emitted_at_);
}

void Studio::publish_status(Frames& batch) {
  if (heartbeat_emitted_at_ > 0) status_.record_latency(std::exchange(heartbeat_emitted_at_, 0));
  add_frame(batch, [&](Level level, Language language) { return status_.view(level, language); });
}

}  // namespace keisei::studio
