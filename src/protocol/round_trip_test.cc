#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>
#include <string>

#include "protocol/codec.h"
#include "protocol/encode.h"
#include "protocol/testing/published_schema.h"

/// Properties of every message: RapidCheck fills each as its description allows.
namespace keisei::protocol {
namespace {

/// The bound, or a limit of our own where the rule has none.
double least(const Rule& rule) { return std::max(rule.min, -1e6); }
double most(const Rule& rule) { return std::min(rule.max, 1e6); }

double number(const Rule& rule) {
  // One in a million is fine enough to need rounding at any number of digits.
  const double share = *rc::gen::inRange(0, 1000001) / 1e6;
  // Of times only the microseconds are kept, and of the parser's last digit nothing is known.
  if (rule.digits == kTimeDigits) return 1763848000 + share;
  return least(rule) + share * (most(rule) - least(rule));
}

std::size_t entries(const Rule& rule) {
  return *rc::gen::inRange<std::size_t>(0, std::min<std::size_t>(rule.max_size, 5) + 1);
}

std::string text(std::size_t max_bytes) {
  static const std::vector<std::string> kCharacters = {"a", "7", "\"", "\\", "\n", "é", "歩", "😀"};
  std::string out;
  for (const std::string& next :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kCharacters))) {
    if (out.size() + next.size() <= max_bytes) out += next;
  }
  return out;
}

void fill(bool& out, const Rule&) { out = *rc::gen::arbitrary<bool>(); }
void fill(double& out, const Rule& rule) { out = number(rule); }
void fill(float& out, const Rule& rule) { out = static_cast<float>(number(rule)); }
void fill(int& out, const Rule& rule) { out = static_cast<int>(std::round(number(rule))); }
void fill(std::int64_t& out, const Rule& rule) { out = std::llround(number(rule)); }
void fill(std::string& out, const Rule& rule) { out = text(rule.max_size); }
template <class T>
requires std::is_enum_v<T>
void fill(T& out, const Rule&) {
  out = static_cast<T>(*rc::gen::inRange<int>(0, static_cast<int>(kEnumerators<T>)));
}
void fill(BoardMap& out, const Rule& rule) {
  for (float& square : out) fill(square, rule);
}
template <class T>
void fill(std::optional<T>& out, const Rule& rule);
template <class T>
void fill(std::vector<T>& out, const Rule& rule);
template <Described T>
void fill(T& out, const Rule&);

void fill(Series& out, const Rule& rule) {
  out.resize(entries(rule));
  for (Number& point : out) fill(point, rule);
}
template <class T>
void fill(std::map<std::string, T>& out, const Rule& rule) {
  for (std::size_t i = entries(rule); i > 0; --i) fill(out[text(rule.item_max_size)], rule);
}
template <class Enum, class T>
void fill(EnumMap<Enum, T>& out, const Rule& rule) {
  for (const Enum key : enumerators<Enum>()) fill(out[key], EntryRule<Enum>::of(key, rule));
}
template <class T>
void fill(std::optional<T>& out, const Rule& rule) {
  out.reset();
  if (*rc::gen::arbitrary<bool>()) fill(out.emplace(), rule);
}
template <class T>
void fill(std::vector<T>& out, const Rule& rule) {
  Rule item = rule;
  item.max_size = rule.item_max_size;
  out.resize(entries(rule));
  for (T& element : out) fill(element, item);
}
template <Described T>
void fill(T& out, const Rule&) {
  std::apply([&](const auto&... field) { (fill(out.*field.member, field.rule), ...); },
             Description<T>::fields);
}

/// What is written is accepted, and says the same when it is written again.
template <class T>
void check_round_trip() {
  T message{};
  fill(message, Rule{});
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
  fill(message, Rule{});
  const std::string sent = encode(message, 1, 1);
  const std::size_t length = *rc::gen::inRange<std::size_t>(0, sent.size());
  const Result<Telemetry> read = decode_telemetry(std::string_view(sent).substr(0, length));
  RC_ASSERT(!read.has_value());
  RC_ASSERT(read.error().code == ErrorCode::bad_json);
}

}  // namespace
}  // namespace keisei::protocol
