#pragma once

#include <boost/describe/enum.hpp>

#include "base/enum_names.h"

namespace keisei::simulation {

/// What befalls a show. In a bad minute several of them meet: the disk is slow, all connections are
/// cut again and again, and then the showcase is killed.
BOOST_DEFINE_ENUM_CLASS(Fault, wire_cut, all_wires_cut, wire_stalls, all_wires_stall, wire_vanishes,
                        wires_slow, viewer_dawdles, viewer_leaves, viewer_changes_its_mind,
                        trainer_killed, trainer_stops, second_trainer, showcase_killed, power_lost,
                        showcase_stops, showcase_pauses, studio_pauses, studio_replaced, disk_full,
                        disk_broken, disk_slow, bad_minute, showcase_clock_jumps,
                        trainer_clock_jumps, operator_stops, operator_directs)

}  // namespace keisei::simulation
