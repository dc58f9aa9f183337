#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <string>

#include "protocol/codec.h"
#include "protocol/testing/arbitrary.h"
#include "protocol/testing/published_schema.h"

/// Properties of every message: RapidCheck fills each as its description allows.
namespace keisei::protocol {
namespace {

using testing::fill;

/// What is written is accepted, and says the same when it is written again.
template <class T>
void check_round_trip() {
  T message{};
  fill(message);
  const std::string sent = encode(message, 1763848000.25, 7);
  if (const auto described = testing::follows_schema(sent); !described) {
    RC_FAIL(described.message());
  }
  const Result<T> read = decode<T>(sent);
  if (!read) RC_FAIL(std::string(type_of<T>()) + ": " + read.error().message + " in " + sent);
  RC_ASSERT(encode(*read, 1763848000.25, 7) == sent);
}

template <class... T>
void check_all(MessageList<T...>) {
  (check_round_trip<T>(), ...);
}

RC_GTEST_PROP(EveryMessage, OfTheServerSaysTheSameAfterAJourney, ()) {
  check_all(ServerMessages{});
}
RC_GTEST_PROP(EveryMessage, OfAClientSaysTheSameAfterAJourney, ()) { check_all(ClientMessages{}); }
RC_GTEST_PROP(EveryMessage, OfATrainerSaysTheSameAfterAJourney, ()) {
  check_all(TelemetryMessages{});
}
RC_GTEST_PROP(EveryMessage, OfTheShowcaseToATrainerSaysTheSameAfterAJourney, ()) {
  check_all(IngestReplies{});
}

RC_GTEST_PROP(EveryMessage, IsRefusedAndNeverCrashesWhenItIsCutShort, ()) {
  MovePlayed message{};
  fill(message);
  const std::string sent = encode(message, 1, 1);
  const std::size_t length = *rc::gen::inRange<std::size_t>(0, sent.size());
  const Result<Telemetry> read = decode_telemetry(std::string_view(sent).substr(0, length));
  RC_ASSERT(!read.has_value());
  RC_ASSERT(read.error().code == ErrorCode::bad_json);
}

}  // namespace
}  // namespace keisei::protocol
