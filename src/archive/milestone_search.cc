#include "archive/milestone_search.h"

#include "protocol/queries.h"
#include "protocol/read_query.h"

namespace keisei::archive {

Result<MilestoneSearch> milestone_search_of(const http::Query& query) {
  const auto asked = protocol::read_query<protocol::MilestonesQuery>(query);
  if (!asked) return tl::unexpected(asked.error());
  MilestoneSearch search{.run = asked->run.value_or(""), .after = asked->after};
  search.limit = asked->limit.value_or(search.limit);
  return search;
}

}  // namespace keisei::archive
