#include "edge/edge_counters.h"

namespace keisei::edge {

EdgeCounters::EdgeCounters(Counters& c)
    : viewers(c.gauge("keisei_edge_viewers", "Viewers connected now, who have said hello.")),
      joined(c.counter("keisei_edge_viewers_joined_total", "Viewers that have said hello.")),
      left(c.family<Leaving>("keisei_edge_viewers_left_total", "Viewers that are gone.")),
      strangers_left(c.family<Leaving>("keisei_edge_strangers_left_total",
                                       "Connections of viewers that are gone without a hello.")),
      turned_away(c.family<NoRoom>("keisei_edge_viewers_turned_away_total",
                                   "Viewers that were not admitted.")),
      heard(
          c.family<Heard>("keisei_edge_viewer_messages_total", "Messages of viewers.", "outcome")),
      frames(c.counter("keisei_edge_frames_total", "Frames that came from the studio.")),
      conflated(c.counter("keisei_edge_frames_conflated_total",
                          "Frames that a newer one replaced before a slow viewer took them.")),
      old_studio(c.family<OldStudio>("keisei_edge_old_studio_total",
                                     "Refused: from a studio that another has replaced.", "kind")),
      trainers(c.gauge("keisei_edge_trainers", "Trainers connected now.")),
      trainers_left(
          c.family<Leaving>("keisei_edge_trainers_left_total", "Trainers that are gone.")),
      trainers_unauthorized(c.counter("keisei_edge_trainers_unauthorized_total",
                                      "Trainers without the operator's token.")),
      telemetry_taken(c.counter("keisei_edge_telemetry_taken_total",
                                "Telemetry messages that the studio took.")),
      telemetry_refused(c.family<broker::Refusal>("keisei_edge_telemetry_refused_total",
                                                  "Telemetry messages that it did not take.")),
      trainer_pauses(c.counter("keisei_edge_trainer_pauses_total",
                               "Times that a trainer was not read because the studio is behind.")) {
}

}  // namespace keisei::edge
