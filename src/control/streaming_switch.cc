#include "control/streaming_switch.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "protocol/decode.h"

namespace keisei::control {

struct StreamingWish {
  bool streaming;
};

}  // namespace keisei::control

namespace keisei::protocol {

KEISEI_PART(control::StreamingWish, "The operator's wish.",
            KEISEI_FIELD(streaming, "False: send nothing but heartbeats until told otherwise."))

}  // namespace keisei::protocol

namespace keisei::control {
namespace {

// The operator speaks by hand; a program that does so all the time is broken.
constexpr http::RateLimitOptions kRate{.per_second = 5, .burst = 10, .patience = 5};

Result<StreamingWish> read_wish(const std::string& body) {
  boost::system::error_code failure;
  const auto json = boost::json::parse(body, failure);
  if (failure) return fail(ErrorCode::bad_json, "", "the body is no JSON");
  StreamingWish wish{};
  protocol::Failure why;
  if (!protocol::read(json, wish, protocol::Rule{}, why)) {
    return fail(ErrorCode::bad_field, why.path, why.message());
  }
  return wish;
}

http::Response refusal(http::Status status, const Error& error) {
  return http::problem_response({status, error.code, error.message, error.field});
}

}  // namespace

StreamingSwitch::StreamingSwitch(broker::EdgeSide& broker, const Clock& clock, Counters& counters)
    : broker_(broker),
      clock_(clock),
      words_(counters.family<Word>("keisei_control_words_total",
                                   "The operator's words on streaming.", "outcome")),
      rate_(kRate, clock.steady()) {}

void StreamingSwitch::handle(const http::Request& request, const http::Reply& reply) {
  if (rate_.take(clock_.steady()) != http::RateLimit::Verdict::allowed) {
    words_[Word::rate_limited].add();
    return reply(refusal(http::Status::too_many_requests,
                         {"at most 5 words a second", "", ErrorCode::rate_limited}));
  }
  const auto wish = read_wish(request.body);
  if (!wish) {
    words_[Word::malformed].add();
    return reply(refusal(http::Status::bad_request, wish.error()));
  }
  using protocol::Command;
  const Command command = wish->streaming ? Command::resume_streaming : Command::stop_streaming;
  broker_.submit(broker::OperatorSaid{command}, [this, reply](const broker::Answer& answer) {
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
