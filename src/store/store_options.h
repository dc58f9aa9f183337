#pragma once

#include <cstdint>
#include <string>

#include "store/game_traits.h"

namespace keisei::store {

struct StoreOptions {
  std::string file;
  /// What the database may take; then the oldest goes (retention.h). A month of the demo run stays
  /// below it (docs/store.md).
  std::int64_t most_bytes = 1'000'000'000;
  ReadTraits read_traits{};  // none: games are kept without
};

}  // namespace keisei::store
