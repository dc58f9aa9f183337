#include "protocol/codec.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "protocol/testing/published_schema.h"

namespace keisei::protocol {
namespace {

std::string error_of_hello(std::string_view json) {
  const Result<Hello> hello = decode<Hello>(json);
  return hello ? "accepted" : hello.error().message;
}

MovePlayed opening_move() {
  MovePlayed move{};
  move.game_id = "r1-1";
  move.game_number = 1;
  move.update = 3;
  move.ply = 0;
  move.sfen = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
  move.usi = "7g7f";
  move.probability = 0.25;
  move.value = -0.5;
  move.legal_moves = 30;
  move.entropy = 3.25;
  move.top = {{"7g7f", 0.25F}, {"2g2f", 0.125F}};
  move.destinations[50] = 0.25F;
  move.emitted_at = 1763848000.25;
  return move;
}

std::string text_of(const MovePlayed& move) { return encode(move, 1763848000.5, 7); }

std::string error_of_move(const MovePlayed& move) {
  const Result<MovePlayed> decoded = decode<MovePlayed>(text_of(move));
  return decoded ? "accepted" : decoded.error().message;
}

std::string with(std::string text, const std::string& old, const std::string& replacement) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), replacement);
}

std::string error_of_text(const std::string& text) {
  const Result<MovePlayed> decoded = decode<MovePlayed>(text);
  return decoded ? "accepted" : decoded.error().message;
}

TEST(Codec, WritesTheEnvelopeInOrderWithShortNumbers) {
  Heartbeat heartbeat{};
  heartbeat.emitted = 12;
  heartbeat.dropped = {{"move/ring_full", 3}};
  heartbeat.impact_pct = 0.25;
  heartbeat.sent_at = 1763848000.125;
  EXPECT_EQ(encode(heartbeat, 1763848000.25, 7),
            R"({"type":"heartbeat","timestamp":1763848000.25,"seq":7,"data":{"emitted":12,)"
            R"("dropped":{"move/ring_full":3},"impact_pct":0.25,"impact_low_pct":null,)"
            R"("impact_high_pct":null,"round_trip_ms":null,"stage":"full","stopped":false,)"
            R"("sent_at":1763848000.125,"hook_started_at":null}})");
}

TEST(Codec, ReadsBackWhatItWrote) {
  const MovePlayed move = opening_move();
  const Result<MovePlayed> read = decode<MovePlayed>(text_of(move));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->sfen, move.sfen);
  EXPECT_EQ(read->probability, move.probability);
  EXPECT_EQ(read->top.at(1).usi, "2g2f");
  EXPECT_EQ(read->destinations, move.destinations);
  EXPECT_DOUBLE_EQ(read->emitted_at, move.emitted_at);
}

TEST(Codec, WritesUnknownMeasurementsAsNull) {
  MovePlayed move = opening_move();
  move.value.reset();
  move.probability = std::nan("");
  const std::string text = text_of(move);
  EXPECT_NE(text.find(R"("probability":null,"value":null)"), std::string::npos) << text;
  const Result<MovePlayed> read = decode<MovePlayed>(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_FALSE(read->value.has_value());
  EXPECT_FALSE(read->probability.has_value());
}

TEST(Codec, KeepsTextsValidUtf8) {
  ErrorMessage message{ErrorCode::bad_json, "", "caf\xE9 ▲７六歩 \"\\\n\x01"};
  const std::string text = encode(message, 0, 0);
  EXPECT_NE(text.find("caf\xEF\xBF\xBD ▲７六歩 \\\"\\\\\\n\\u0001"), std::string::npos) << text;
  EXPECT_TRUE(decode<ErrorMessage>(text));
}

TEST(Codec, LeavesOutWhatAClientDoesNotSay) {
  Hello hello{};
  hello.max_fps = 30;
  EXPECT_EQ(encode(hello, 1, 2), R"({"type":"hello","timestamp":1,"seq":2,"data":{"max_fps":30}})");
}

TEST(Codec, PicksTheTelemetryMessageByItsType) {
  const Result<Telemetry> telemetry = decode_telemetry(text_of(opening_move()));
  ASSERT_TRUE(telemetry) << telemetry.error().message;
  EXPECT_TRUE(std::holds_alternative<MovePlayed>(*telemetry));
}

TEST(Codec, RefusesTelemetryOfAnUnknownType) {
  const Result<Telemetry> telemetry =
      decode_telemetry(R"({"type":"ppo_metrics","timestamp":1,"seq":1,"data":{}})");
  ASSERT_FALSE(telemetry);
  EXPECT_EQ(telemetry.error().message, R"(type: unknown type "ppo_metrics")");
  EXPECT_EQ(telemetry.error().code, ErrorCode::unknown_type);
}

TEST(Codec, PicksTheClientsMessageByItsType) {
  const auto hello = decode_client(R"({"type":"hello","data":{"max_fps":5}})");
  ASSERT_TRUE(hello) << hello.error().message;
  EXPECT_EQ(std::get<Hello>(*hello).max_fps, 5);
  const auto control =
      decode_client(R"({"type":"control","data":{"token":"t","command":"stop_streaming"}})");
  ASSERT_TRUE(control) << control.error().message;
  EXPECT_EQ(std::get<Control>(*control).command, Command::stop_streaming);
}

TEST(Codec, TakesAClientsMessageWithoutATypeForAHello) {
  EXPECT_EQ(std::get<Hello>(decode_client(R"({"level":"advanced"})").value()).level,
            Level::advanced);
  EXPECT_EQ(std::get<Hello>(decode_client(R"({"data":{"max_fps":7}})").value()).max_fps, 7);
}

TEST(Codec, RefusesWhatIsNoClientsMessage) {
  EXPECT_EQ(decode_client(R"({"type":"move_played","data":{}})").error().code,
            ErrorCode::unknown_type);
  EXPECT_EQ(decode_client(R"({"type":7,"data":{}})").error().field, "type");
  EXPECT_EQ(decode_client(std::string(5000, ' ')).error().code, ErrorCode::too_large);
  EXPECT_EQ(decode_client(R"({"type":"control","data":{"token":"t","command":"x"}})").error().field,
            "command");
}

TEST(Codec, RefusesTelemetryWithoutAType) {
  EXPECT_EQ(decode_telemetry(R"({"data":{}})").error().message, "type: missing");
  EXPECT_EQ(decode_telemetry(R"({"type":3})").error().message, "type: expected a text");
}

TEST(Hello, MayComeWithoutItsEnvelope) {
  const Result<Hello> hello =
      decode<Hello>(R"({"level":"beginner","max_fps":10,"channels":["all"]})");
  ASSERT_TRUE(hello) << hello.error().message;
  EXPECT_EQ(hello->level, Level::beginner);
  EXPECT_EQ(hello->max_fps, 10);
  EXPECT_EQ(hello->channels, std::vector{ChannelWish::all});
}

TEST(Hello, MayComeInAnEnvelopeWithoutTimeAndNumber) {
  const Result<Hello> hello = decode<Hello>(R"({"type":"hello","data":{"language":"ja"}})");
  ASSERT_TRUE(hello) << hello.error().message;
  EXPECT_EQ(hello->language, Language::ja);
}

TEST(Hello, TakesEducationalLevelForLevel) {
  EXPECT_EQ(decode<Hello>(R"({"educational_level":"advanced"})")->level, Level::advanced);
  EXPECT_EQ(decode<Hello>(R"({"educational_level":"advanced","level":"beginner"})")->level,
            Level::beginner);
}

TEST(Hello, IgnoresFieldsItDoesNotKnow) {
  EXPECT_EQ(decode<Hello>(R"({"viewer":"me","max_fps":5})")->max_fps, 5);
}

TEST(Hello, NamesTheFieldThatIsOutOfRange) {
  EXPECT_EQ(error_of_hello(R"({"max_fps":0})"), "max_fps: 0 is not in 1..60");
  EXPECT_EQ(error_of_hello(R"({"max_fps":61})"), "max_fps: 61 is not in 1..60");
  EXPECT_EQ(error_of_hello(R"({"max_fps":1e300})"), "max_fps: too large for an integer");
  EXPECT_EQ(error_of_hello(R"({"max_fps":1.5})"), "max_fps: expected an integer");
  EXPECT_EQ(error_of_hello(R"({"max_fps":"30"})"), "max_fps: expected an integer");
}

TEST(Hello, NamesTheWordItDoesNotKnow) {
  EXPECT_EQ(error_of_hello(R"({"level":"expert"})"),
            R"(level: "expert" is not one of beginner, intermediate, advanced)");
  EXPECT_EQ(error_of_hello(R"({"quality":"ultra"})"),
            R"(quality: "ultra" is not one of low, high)");
  EXPECT_EQ(error_of_hello(R"({"channels":["game","fish"]})").substr(0, 19),
            R"(channels[1]: "fish")");
}

TEST(Hello, NamesTheFieldOfTheWrongType) {
  EXPECT_EQ(error_of_hello(R"({"level":3})"), "level: expected a text");
  EXPECT_EQ(error_of_hello(R"({"channels":"all"})"), "channels: expected a list");
  EXPECT_EQ(error_of_hello(R"({"type":"hello","data":[]})"), "data: expected an object");
  EXPECT_EQ(error_of_hello(R"({"type":"hallo","data":{}})"), R"(type: expected "hello")");
  EXPECT_EQ(error_of_hello(R"({"type":"hello"})"), "data: missing");
}

TEST(Hello, RefusesMoreChannelsThanThereCanBe) {
  std::string list = R"("all")";
  for (int i = 0; i < 16; ++i) list += R"(,"all")";
  EXPECT_EQ(error_of_hello(R"({"channels":[)" + list + "]}"), "channels: longer than 16 entries");
}

TEST(Hello, QuotesABadWordShortlyAndInWholeCharacters) {
  std::string word;
  for (int i = 0; i < 50; ++i) word += "歩";
  const std::string error = error_of_hello(R"({"level":")" + word + R"("})");
  EXPECT_LT(error.size(), 120U);
  EXPECT_NE(error.find("歩…\""), std::string::npos) << error;
}

TEST(Codec, RefusesWhatIsNotJson) {
  EXPECT_EQ(error_of_hello("").substr(0, 14), "not valid JSON");
  EXPECT_EQ(error_of_hello("{").substr(0, 14), "not valid JSON");
  EXPECT_EQ(error_of_hello("{} {}").substr(0, 14), "not valid JSON");
  EXPECT_EQ(error_of_hello("{\"level\":\"\xFF\"}").substr(0, 14), "not valid JSON");
  EXPECT_EQ(error_of_hello("[]"), "expected a JSON object");
}

TEST(Codec, RefusesDeepNesting) {
  const std::string deep = R"({"x":)" + std::string(40, '[') + std::string(40, ']') + "}";
  EXPECT_EQ(error_of_hello(deep).substr(0, 14), "not valid JSON");
}

TEST(Codec, RefusesLongMessagesUnread) {
  EXPECT_EQ(error_of_hello(R"({"x":")" + std::string(5000, 'a') + R"("})"),
            "message longer than 4096 bytes");
}

TEST(Codec, NamesAMissingField) {
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"("usi":"7g7f","probability":0.25,)", "")),
            "usi: missing");
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"({"usi":"2g2f",)", "{")),
            "top[1].usi: missing");
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"("seq":7,)", "")), "seq: missing");
}

TEST(Codec, NamesAnUnknownField) {
  EXPECT_EQ(
      error_of_text(with(text_of(opening_move()), R"("usi":"7g7f")", R"("usi":"7g7f","x":1)")),
      "x: unknown field");
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"("seq":7)", R"("seq":7,"x":1)")),
            "x: unknown field");
}

TEST(Codec, NamesTheItemThatIsOutOfRange) {
  MovePlayed move = opening_move();
  move.top[1].probability = 1.5F;
  EXPECT_EQ(error_of_move(move), "top[1].probability: 1.5 is not in 0..1");
  move = opening_move();
  move.destinations[3] = -1;
  EXPECT_EQ(error_of_move(move), "destinations[3]: -1 is not in 0..1");
  move = opening_move();
  move.ply = -1;
  EXPECT_EQ(error_of_move(move), "ply: -1 is not in 0..1023");
}

TEST(Codec, ToleratesAFloatThatRoundsToItsBound) {
  MovePlayed move = opening_move();
  move.top[0].probability = std::nextafter(1.0F, 2.0F);
  EXPECT_EQ(error_of_move(move), "accepted");
}

TEST(Codec, NamesTextsAndListsThatAreTooLong) {
  MovePlayed move = opening_move();
  move.usi = "7g7f+++++";
  EXPECT_EQ(error_of_move(move), "usi: longer than 7 bytes");
  move = opening_move();
  move.top.resize(6, move.top.front());
  EXPECT_EQ(error_of_move(move), "top: longer than 5 entries");
  GameFinished game{};
  game.game_number = 1;
  game.moves = {"7g7f", "3c3d3c3d"};
  EXPECT_EQ(decode<GameFinished>(encode(game, 1, 1)).error().message,
            "moves[1]: longer than 7 bytes");
}

TEST(Codec, RefusesABoardMapOfAnotherSize) {
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), "[0,0,", "[0,")),
            "destinations: expected a list of 81 numbers");
}

TEST(Codec, RefusesIntegersThatADoubleCannotHold) {
  Heartbeat heartbeat{};
  heartbeat.dropped = {{"move/ring_full", 1}};
  const std::string text =
      with(encode(heartbeat, 1, 1), R"("move/ring_full":1)", R"("a":9007199254740993000)");
  EXPECT_EQ(decode<Heartbeat>(text).error().message, "dropped.a: too large for an integer");
}

TEST(Codec, TellsWhichFieldAnErrorIsAbout) {
  EXPECT_EQ(decode<Hello>(R"({"max_fps":0})").error().field, "max_fps");
  EXPECT_EQ(decode<Hello>(R"({"channels":[1]})").error().field, "channels[0]");
  EXPECT_EQ(decode<Hello>(R"({"type":"hello"})").error().field, "data");
  EXPECT_EQ(decode<Hello>("{").error().field, "");
}

TEST(Codec, RefusesASequenceThatNobodyCountsSo) {
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"("seq":7)", R"("seq":1.5)")),
            "seq: expected an integer");
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"("seq":7)", R"("seq":-1)")),
            "seq: -1 is below 0");
  EXPECT_EQ(error_of_text(with(text_of(opening_move()), R"("seq":7)", R"("seq":"7")")),
            "seq: expected an integer");
}

TEST(Codec, RefusesAMoveAfterTheLastThatAGameMayHave) {
  MovePlayed move = opening_move();
  move.ply = kMostPlies - 1;
  EXPECT_EQ(error_of_move(move), "accepted");
  move.ply = kMostPlies;
  EXPECT_EQ(error_of_move(move), "ply: 1024 is not in 0..1023");
}

// Whoever is refused chose the words that are wrong, and may have chosen long ones.
TEST(Codec, AnswersWithinTheBoundsOfAnErrorWhateverWasRefused) {
  const std::string long_key(3000, 'k');
  const std::string ill = R"("\u0000\n)" + long_key + "\"";
  const std::vector<std::string> refused = {
      R"({"type":)" + ill + R"(,"data":{}})",
      R"({"type":"hello","data":{"channels":[)" + ill + "]}}",
      R"({"level":)" + ill + "}",
      R"({"type":"control","data":{"token":"","command":)" + ill + "}}",
      R"({"seq":)" + ill + R"(,"type":"hello","data":{}})",
  };
  for (const std::string& text : refused) {
    const auto message = decode_client(text);
    ASSERT_FALSE(message) << text.substr(0, 60);
    EXPECT_TRUE(testing::follows_schema(encode(error_message(message.error()), 1, 0)));
  }
  const std::vector<std::string> told = {
      R"({"type":"heartbeat","timestamp":1,"seq":1,"data":{},)" + ill + ":1}",
      R"({"type":"heartbeat","timestamp":1,"seq":1,"data":{)" + ill + ":1}}",
      with(encode(Heartbeat{}, 1, 1), R"("dropped":{})", R"("dropped":{)" + ill + ":1}"),
      with(encode(Heartbeat{}, 1, 1), R"("emitted")", ill),
  };
  for (const std::string& text : told) {
    const auto message = decode_telemetry(text);
    ASSERT_FALSE(message) << text.substr(0, 60);
    EXPECT_TRUE(testing::follows_schema(encode(error_message(message.error()), 1, 0)));
    EXPECT_LE(message.error().message.size(), 512U);
    EXPECT_EQ(message.error().message.find('\n'), std::string::npos);
  }
}

TEST(Codec, TellsReasonsApartByTheirCode) {
  EXPECT_EQ(decode<Hello>("{").error().code, ErrorCode::bad_json);
  EXPECT_EQ(decode<Hello>("[]").error().code, ErrorCode::bad_json);
  EXPECT_EQ(decode<Hello>(R"({"type":"hallo","data":{}})").error().code, ErrorCode::unknown_type);
  EXPECT_EQ(decode<Hello>(R"({"type":3,"data":{}})").error().code, ErrorCode::bad_field);
  EXPECT_EQ(decode<Hello>(R"({"max_fps":0})").error().code, ErrorCode::bad_field);
  EXPECT_EQ(decode<Hello>(std::string(5000, ' ')).error().code, ErrorCode::too_large);
}

TEST(Codec, ReadsWhatAShowcaseAnswers) {
  const auto control = decode_ingest_reply(encode(StreamControl{false}, 1, 2));
  ASSERT_TRUE(control) << control.error().message;
  EXPECT_FALSE(std::get<StreamControl>(*control).streaming);
  const auto acknowledged = decode_ingest_reply(encode(TelemetryAcknowledged{7}, 1, 2));
  ASSERT_TRUE(acknowledged) << acknowledged.error().message;
  EXPECT_EQ(std::get<TelemetryAcknowledged>(*acknowledged).received, 7);
  const auto unusable =
      decode_ingest_reply(encode(TelemetryUnusable{Unusable::game, "why", 3}, 1, 2));
  ASSERT_TRUE(unusable) << unusable.error().message;
  EXPECT_EQ(std::get<TelemetryUnusable>(*unusable).times, 3);
  EXPECT_FALSE(decode_ingest_reply(encode(Heartbeat{}, 1, 2)));
}

TEST(Codec, CarriesAnEvaluation) {
  EvaluationFinished evaluation{};
  evaluation.update = 5;
  evaluation.random_games = 100;
  evaluation.random_score = 0.5;
  evaluation.skills = {{"mate_in_one", 3, 8}};
  const auto back = decode_telemetry(encode(evaluation, 1, 2));
  ASSERT_TRUE(back) << back.error().message;
  const auto& read = std::get<EvaluationFinished>(*back);
  EXPECT_EQ(read.random_score, 0.5);
  EXPECT_EQ(read.elo, std::nullopt);
  EXPECT_EQ(read.skills.at(0).trials, 8);
}

}  // namespace
}  // namespace keisei::protocol
