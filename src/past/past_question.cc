#include "past/past_question.h"

#include <string>

#include "protocol/queries.h"
#include "protocol/read_query.h"

namespace keisei::past {

Result<PastQuestion> past_question_of(const http::Query& query) {
  const auto asked = protocol::read_query<protocol::FramesQuery>(query);
  if (!asked) return tl::unexpected(asked.error());
  PastQuestion question{.from = asked->from, .to = asked->to};
  question.level = asked->level.value_or(question.level);
  question.language = asked->language.value_or(question.language);
  question.with_present = asked->present != protocol::YesNo::no;
  if (asked->channels) {
    question.channels = {};
    for (const protocol::ChannelWish wish : *asked->channels) question.channels.add(wish);
  }
  if (question.to < question.from) return protocol::refuse_parameter("to", "it is before from");
  if (question.to - question.from > static_cast<double>(PastQuestion::kMostSeconds)) {
    return protocol::refuse_parameter(
        "to", "it is more than " + std::to_string(PastQuestion::kMostSeconds) + " s after from");
  }
  return question;
}

}  // namespace keisei::past
