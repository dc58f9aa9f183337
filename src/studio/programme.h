#pragma once

#include <chrono>

#include "base/counters.h"
#include "base/notices.h"
#include "store/keeper.h"
#include "studio/content/content.h"
#include "studio/game/director.h"
#include "studio/studio.h"

namespace keisei::studio {

struct ProgrammeOptions {
  std::chrono::milliseconds interval{100};        // of aggregation: 10 Hz
  std::chrono::milliseconds silence_limit{6000};  // then training counts as paused
  DirectorOptions director;
};

/// The segments of the show, in order. This is where a new one is added.
Segments programme(const Content& content, store::Library& library, const Clock& clock,
                   const ProgrammeOptions& options, Counters& counters, Notices& notices);

/// The texts that the segments use, for Content::check().
Keys keys_of(const Segments& segments);

}  // namespace keisei::studio
