#include "control/operator_words.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "protocol/api_answers.h"
#include "protocol/decode.h"
#include "protocol/http_api.h"

namespace keisei::control {
namespace {

using broker::OperatorSaid;
using protocol::Command;

// The operator speaks by hand; a program that does so all the time is broken.
constexpr http::RateLimitOptions kRate{
    .per_second = protocol::kWordsPerSecond, .burst = protocol::kWordsAtOnce, .patience = 5};
static_assert(OperatorWords::kMaxBody == protocol::kLongestWord);

template <class Wish>
Result<Wish> read_wish(const std::string& body) {
  boost::system::error_code failure;
  const auto json = boost::json::parse(body, failure);
  if (failure) return fail(ErrorCode::bad_json, "", "the body is no JSON");
  Wish wish{};
  protocol::Failure why;
  if (!protocol::read(json, wish, protocol::Rule{}, why)) {
    return fail(ErrorCode::bad_field, why.path, why.message());
  }
  return wish;
}

Result<OperatorSaid> read_streaming(const std::string& body) {
  const auto wish = read_wish<protocol::StreamingWish>(body);
  if (!wish) return tl::unexpected(wish.error());
  return OperatorSaid{wish->streaming ? Command::resume_streaming : Command::stop_streaming};
}

Result<OperatorSaid> read_game(const std::string& body) {
  const auto wish = read_wish<protocol::GameWish>(body);
  if (!wish) return tl::unexpected(wish.error());
  if (wish->command == Command::stop_streaming || wish->command == Command::resume_streaming) {
    return fail(ErrorCode::bad_field, "command", "command: goes to /api/v1/streaming");
  }
  const OperatorSaid word{wish->command, wish->seconds_per_move};
  if (!word.keeps_pace_rule()) {
    return fail(ErrorCode::bad_field, "seconds_per_move", std::string(word.kPaceRule));
  }
  return word;
}

http::Response refusal(http::Status status, const Error& error) {
  return http::problem_response({status, error.code, error.message, error.field});
}

}  // namespace

OperatorWords::OperatorWords(broker::EdgeSide& broker, const Clock& clock, Counters& counters)
    : broker_(broker),
      clock_(clock),
      words_(
          counters.family<Word>("keisei_control_words_total", "The operator's words.", "outcome")),
      rate_(kRate, clock.steady()) {}

void OperatorWords::on_streaming(const http::Request& request, const http::Reply& reply) {
  pass_on(request, read_streaming, reply);
}

void OperatorWords::on_game(const http::Request& request, const http::Reply& reply) {
  pass_on(request, read_game, reply);
}

void OperatorWords::pass_on(const http::Request& request, Said (*read)(const std::string& body),
                            const http::Reply& reply) {
  if (rate_.take(clock_.steady()) != http::RateLimit::Verdict::allowed) {
    words_[Word::rate_limited].add();
    return reply(refusal(http::Status::too_many_requests,
                         {"at most 5 words a second", "", ErrorCode::rate_limited}));
  }
  const auto said = read(request.body);
  if (!said) {
    words_[Word::malformed].add();
    return reply(refusal(http::Status::bad_request, said.error()));
  }
  broker_.submit(*said, [this, reply](const broker::Answer& answer) {
    if (answer) {
      words_[Word::taken].add();
      return reply({http::Status::no_content});
    }
    words_[Word::unavailable].add();
    reply(refusal(http::Status::unavailable,
                  {"the show cannot take this now; try again later", "", ErrorCode::unavailable}));
  });
}

}  // namespace keisei::control
