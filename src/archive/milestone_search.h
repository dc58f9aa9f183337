#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/query.h"

namespace keisei::archive {

/// Which milestones are asked for: the newest first.
struct MilestoneSearch {
  std::string run{};  // empty: of every run
  int limit = 20;
  std::optional<std::int64_t> after{};  // those behind this row of the list
};

/// The search that a query asks for (docs/archive.md). The error names the parameter.
Result<MilestoneSearch> milestone_search_of(const http::Query& query);

}  // namespace keisei::archive
