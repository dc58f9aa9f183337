#include "archive/milestone_search.h"

#include <array>

#include "archive/parameters.h"
#include "protocol/describe.h"

namespace keisei::archive {

Result<MilestoneSearch> milestone_search_of(const http::Query& query) {
  const std::array<http::Parameter<MilestoneSearch>, 3> known = {
      run_parameter(&MilestoneSearch::run),
      limit_parameter(&MilestoneSearch::limit, MilestoneSearch::kMost),
      http::Parameter<MilestoneSearch>{"after", "the \"next\" of the page before",
                                       [](MilestoneSearch& search, const std::string& value) {
                                         search.after =
                                             http::whole_in(value, 0, protocol::kMaxInteger);
                                         return search.after.has_value();
                                       }}};
  return http::question_of<MilestoneSearch>(query, known);
}

}  // namespace keisei::archive
