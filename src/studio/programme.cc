#include "studio/programme.h"

#include "studio/game/game_stage.h"
#include "studio/health/health_board.h"
#include "studio/history/archivist.h"
#include "studio/history/history_board.h"
#include "studio/improvement/improvement_board.h"
#include "studio/maps/activity_map.h"
#include "studio/milestones/milestone_board.h"
#include "studio/run/clock_watch.h"
#include "studio/run/complaints.h"
#include "studio/run/operator_desk.h"
#include "studio/run/status_board.h"
#include "studio/run/telemetry_desk.h"

namespace keisei::studio {

Segments programme(const Content& content, store::Library& library, const Clock& clock,
                   const ProgrammeOptions& options, Counters& counters, Notices& notices) {
  Segments segments;
  segments.push_back(std::make_unique<TelemetryDesk>(library, counters, notices));
  segments.push_back(std::make_unique<Archivist>());
  segments.push_back(std::make_unique<Complaints>(notices));
  segments.push_back(std::make_unique<OperatorDesk>());
  segments.push_back(std::make_unique<GameStage>(content, options.director, counters));
  segments.push_back(std::make_unique<ActivityMap>(options.interval));
  segments.push_back(std::make_unique<ImprovementBoard>(content, options.interval));
  segments.push_back(std::make_unique<HealthBoard>(content, options.interval));
  segments.push_back(std::make_unique<HistoryBoard>(HistoryIntervals{options.interval}));
  segments.push_back(std::make_unique<MilestoneBoard>(content));
  segments.push_back(std::make_unique<StatusBoard>(
      content, clock, StatusOptions{options.interval, options.silence_limit}, notices));
  segments.push_back(std::make_unique<ClockWatch>(clock, notices));
  return segments;
}

Keys keys_of(const Segments& segments) {
  Keys keys;
  for (const auto& segment : segments) keys = std::move(keys) + segment->keys();
  return keys;
}

}  // namespace keisei::studio
