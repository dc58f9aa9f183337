#include <gmock/gmock.h>

#include <cctype>
#include <ostream>
#include <string>
#include <vector>

#include "edge/edge_test_kit.h"

// What RFC 6455 says of frames, case by case against a whole server over a socket. Trainers' door
// is the one that shows what was read: texts go to the studio as they came.
namespace keisei::edge::testing {
namespace {

using namespace std::string_literals;

struct FrameCase {
  std::string section;  // of RFC 6455
  std::string name;
  std::string bytes;      // after the upgrade
  std::string expected;   // "told TEXT", "pong DATA", "close CODE" or "lives"
  std::size_t piece = 0;  // how many bytes go at once; 0: all
};

// A test's name in ctest.
std::ostream& operator<<(std::ostream& out, const FrameCase& frame_case) {
  return out << "RFC 6455 §" << frame_case.section;
}

std::string name_of(const ::testing::TestParamInfo<FrameCase>& info) {
  std::string name = "S" + info.param.section + "_" + info.param.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

std::string utf8_name(std::string_view bytes) {
  std::string name;
  for (const char byte : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    name += kDigits[static_cast<unsigned char>(byte) >> 4];
    name += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return name;
}

struct Bits {
  bool is_final = true;
  unsigned reserved = 0;  // RSV1 is 4
  bool is_masked = true;
  unsigned length_bytes = 0;  // of the length field beside its first seven bits; 0: the shortest
  std::string mask = "\x37\xfa\x21\x3d";
};

std::string frame(unsigned opcode, std::string_view payload, const Bits& bits = {}) {
  std::string bytes;
  bytes += static_cast<char>((bits.is_final ? 0x80U : 0U) | (bits.reserved << 4) | opcode);
  const std::size_t size = payload.size();
  const unsigned shortest = size < 126 ? 0 : size < 0x10000 ? 2 : 8;
  const unsigned width = bits.length_bytes == 0 ? shortest : bits.length_bytes;
  const std::size_t first = width == 0 ? size : width == 2 ? 126 : 127;
  bytes += static_cast<char>((bits.is_masked ? 0x80U : 0U) | first);
  for (unsigned i = width; i-- > 0;) bytes += static_cast<char>(size >> (8 * i));
  if (!bits.is_masked) return bytes.append(payload);
  bytes += bits.mask;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(payload[i] ^ bits.mask[i % 4]);
  return bytes;
}

std::string text(std::string_view payload) { return frame(1, payload); }
std::string first(std::string_view payload) { return frame(1, payload, {.is_final = false}); }
std::string more(std::string_view payload) { return frame(0, payload, {.is_final = false}); }
std::string last(std::string_view payload) { return frame(0, payload); }
std::string ping(std::string_view payload) { return frame(9, payload); }
std::string close_with(unsigned code, std::string_view reason = "") {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  return frame(8, payload.append(reason));
}

// §5.1, §5.2, §5.3: the bits and bytes of a frame.
std::vector<FrameCase> headers() {
  std::vector<FrameCase> cases;
  for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 11U, 12U, 13U, 14U, 15U}) {
    cases.push_back(
        {"5.2", "reserved opcode " + std::to_string(opcode), frame(opcode, "x"), "close 1002"});
  }
  cases.push_back(
      {"5.2", "reserved opcode within a message", first("a") + frame(3, "x"), "close 1002"});
  for (unsigned reserved = 1; reserved < 8; ++reserved) {
    cases.push_back({"5.2", "reserved bits " + std::to_string(reserved),
                     frame(1, "x", {.reserved = reserved}), "close 1002"});
  }
  for (const unsigned opcode : {0U, 8U, 9U, 10U}) {
    cases.push_back({"5.2", "reserved bit of opcode " + std::to_string(opcode),
                     (opcode == 0 ? first("a") : "") + frame(opcode, "", {.reserved = 4}),
                     "close 1002"});
  }
  for (const unsigned opcode : {1U, 8U, 9U, 10U}) {
    cases.push_back({"5.1", "no mask on opcode " + std::to_string(opcode),
                     frame(opcode, "", {.is_masked = false}), "close 1002"});
  }
  cases.push_back({"5.3", "mask of zeros", frame(1, "plain", {.mask = "\0\0\0\0"s}), "told plain"});
  cases.push_back(
      {"5.3", "mask of ones", frame(1, "inverse", {.mask = "\xff\xff\xff\xff"}), "told inverse"});
  cases.push_back(
      {"5.3", "each frame has its own mask",
       frame(1, "one", {.is_final = false, .mask = "abcd"}) + frame(0, "two", {.mask = "wxyz"}),
       "told onetwo"});
  for (const std::size_t size : {0U, 1U, 2U, 3U, 4U, 5U, 125U, 126U, 127U, 65'535U, 65'536U}) {
    const std::string payload(size, 'x');
    cases.push_back({"5.2", "length " + std::to_string(size), text(payload), "told " + payload});
  }
  for (const auto& [width, size] :
       {std::pair(2U, 0U), {2U, 125U}, {8U, 0U}, {8U, 126U}, {8U, 65'535U}}) {
    cases.push_back({"5.2",
                     "length " + std::to_string(size) + " in " + std::to_string(width) + " bytes",
                     frame(1, std::string(size, 'x'), {.length_bytes = width}), "close 1002"});
  }
  cases.push_back({"5.2", "length of 64 bits", "\x81\xff\x80\0\0\0\0\0\0\x01"s, "close 1002"});
  cases.push_back({"10.4", "length of 62 bits", "\x81\xff\x40\0\0\0\0\0\0\0"s, "close 1009"});
  cases.push_back(
      {"10.4", "one byte over the limit", text(std::string(65'537, 'x')), "close 1009"});
  return cases;
}

// §5.4, and how the network cuts what it pleases.
std::vector<FrameCase> fragments() {
  const std::string half(32'768, 'x');
  return {
      {"5.4", "two fragments", first("one") + last("two"), "told onetwo"},
      {"5.4", "four fragments", first("a") + more("b") + more("c") + last("d"), "told abcd"},
      {"5.4", "an empty first fragment", first("") + last("all"), "told all"},
      {"5.4", "an empty last fragment", first("all") + last(""), "told all"},
      {"5.4", "an empty fragment between", first("a") + more("") + last("b"), "told ab"},
      {"5.4", "nothing but empty fragments", first("") + more("") + last(""), "told "},
      {"5.4", "a ping between fragments is answered first", first("a") + ping("now") + last("b"),
       "pong now"},
      {"5.4", "a ping between fragments ends no message", first("a") + ping("") + last("b"),
       "told ab"},
      {"5.4", "a pong between fragments", first("a") + frame(10, "") + last("b"), "told ab"},
      {"5.4", "a close between fragments", first("a") + close_with(1001) + last("b"), "close 1001"},
      {"5.4", "a text within a message", first("a") + text("b"), "close 1002"},
      {"5.4", "a begin within a message", first("a") + first("b"), "close 1002"},
      {"5.4", "an end of nothing", last("b"), "close 1002"},
      {"5.4", "a continuation of nothing", more("b"), "close 1002"},
      {"5.4", "an end after the end", first("a") + last("b") + last("c"), "close 1002"},
      {"5.4", "two messages at once", text("first") + text("second"), "told second"},
      {"5.4", "fragments up to the limit", first(half) + last(half), "told " + half + half},
      {"10.4", "fragments over the limit", first(half) + more(half) + last("x"), "close 1009"},
      {"5.4", "a character cut by fragments", first("\xe5\xb0") + last("\x86"),
       "told \xe5\xb0\x86"},
      {"5.4", "a character cut by a ping", first("\xe5") + ping("") + last("\xb0\x86"),
       "told \xe5\xb0\x86"},
      {"5.4", "a message byte by byte", first("one") + last("two"), "told onetwo", 1},
      {"5.4", "a long header byte by byte", text(std::string(200, 'y')),
       "told " + std::string(200, 'y'), 1},
      {"5.5", "a ping byte by byte", ping("slow"), "pong slow", 1},
  };
}

// §5.5: pings, pongs, binary messages (§5.6).
std::vector<FrameCase> controls() {
  const std::string longest(125, 'p');
  const std::string too_long(126, 'p');
  return {
      {"5.5.2", "an empty ping", ping(""), "pong "},
      {"5.5.2", "a ping with bytes that are no text", ping("\0\xff\xfe"s), "pong \0\xff\xfe"s},
      {"5.5.2", "the longest ping", ping(longest), "pong " + longest},
      {"5.5.2", "a ping before a text", ping("a") + text("b"), "told b"},
      {"5.5", "too long a ping", ping(too_long), "close 1002"},
      {"5.5", "too long a pong", frame(10, too_long), "close 1002"},
      {"5.5", "too long a close", frame(8, "\x03\xe8" + too_long), "close 1002"},
      {"5.5", "a ping in fragments", frame(9, "a", {.is_final = false}), "close 1002"},
      {"5.5", "a pong in fragments", frame(10, "a", {.is_final = false}), "close 1002"},
      {"5.5", "a close in fragments", frame(8, "", {.is_final = false}), "close 1002"},
      {"5.5", "a ping whose length takes too many bytes", frame(9, "a", {.length_bytes = 2}),
       "close 1002"},
      {"5.5.3", "an unasked pong", frame(10, ""), "lives"},
      {"5.5.3", "an unasked pong with data", frame(10, "unasked"), "lives"},
      {"5.6", "a binary message", frame(2, "x"), "close 1003"},
      {"5.6", "an empty binary message", frame(2, ""), "close 1003"},
      {"5.6", "a binary message in fragments", frame(2, "x", {.is_final = false}), "close 1003"},
  };
}

// §5.5.1, §7.1, §7.4: goodbyes.
std::vector<FrameCase> goodbyes() {
  const std::string reason(123, 'r');
  std::vector<FrameCase> cases = {
      {"5.5.1", "a close without a code", frame(8, ""), "close 1000"},
      {"5.5.1", "a close with half a code", frame(8, "\x03"), "close 1002"},
      {"5.5.1", "a close with a reason", close_with(1000, "done"), "close 1000"},
      {"5.5.1", "a close with the longest reason", close_with(1000, reason), "close 1000"},
      {"5.5.1", "a text after the close", close_with(1000) + text("late"), "close 1000"},
      {"5.5.1", "a ping after the close", close_with(1000) + ping("late"), "close 1000"},
      {"5.5.1", "two closes", close_with(1000) + close_with(1001), "close 1000"},
      {"8.1", "a close whose reason is no UTF-8", close_with(1000, "\xc3\x28"), "close 1007"},
      {"8.1", "a close whose reason ends within a character", close_with(1000, "\xe2\x82"),
       "close 1007"},
  };
  for (const unsigned code : {1000U, 1001U, 1002U, 1003U, 1007U, 1008U, 1009U, 1010U, 1011U, 1012U,
                              1013U, 1014U, 3000U, 3999U, 4000U, 4999U}) {
    const std::string number = std::to_string(code);
    cases.push_back({"7.4", "code " + number, close_with(code), "close " + number});
  }
  for (const unsigned code : {0U, 1U, 999U, 1004U, 1005U, 1006U, 1015U, 1016U, 1100U, 1999U, 2000U,
                              2999U, 5000U, 65'535U}) {
    cases.push_back({"7.4", "no code " + std::to_string(code), close_with(code), "close 1002"});
  }
  return cases;
}

// §8.1: a text is UTF-8 (Unicode 15, table 3-7).
std::vector<FrameCase> characters() {
  std::vector<FrameCase> cases;
  for (const std::string& good :
       {"\0"s, "\x7f"s, "\xc2\x80"s, "\xdf\xbf"s, "\xe0\xa0\x80"s, "\xed\x9f\xbf"s, "\xee\x80\x80"s,
        "\xef\xbf\xbf"s, "\xef\xbb\xbf"s, "\xf0\x90\x80\x80"s, "\xf4\x8f\xbf\xbf"s,
        "\xe5\xb0\x86\xe6\xa3\x8b"s, "\xf0\x9f\x98\x80"s, "\xef\xbf\xbe"s}) {
    cases.push_back({"8.1", "good UTF-8 " + utf8_name(good), text(good), "told " + good});
  }
  for (const std::string& bad : {"\x80"s,
                                 "\xbf"s,
                                 "\x80\xbf"s,
                                 "\xc0"s,
                                 "\xc0\xaf"s,
                                 "\xc1\xbf"s,
                                 "\xc2"s,
                                 "\xc2\x41"s,
                                 "\xdf\xc0"s,
                                 "\xe0\x80\xaf"s,
                                 "\xe0\x9f\xbf"s,
                                 "\xe2\x82"s,
                                 "\xe2\x28\xa1"s,
                                 "\xed\xa0\x80"s,
                                 "\xed\xbf\xbf"s,
                                 "\xed\xa0\x80\xed\xb0\x80"s,
                                 "\xf0\x80\x80\xaf"s,
                                 "\xf0\x8f\xbf\xbf"s,
                                 "\xf0\x9f\x98"s,
                                 "\xf4\x90\x80\x80"s,
                                 "\xf5\x80\x80\x80"s,
                                 "\xf8\x88\x80\x80\x80"s,
                                 "\xfc\x84\x80\x80\x80\x80"s,
                                 "\xfe"s,
                                 "\xff"s}) {
    cases.push_back({"8.1", "bad UTF-8 " + utf8_name(bad), text("a" + bad), "close 1007"});
  }
  cases.push_back(
      {"8.1", "bad UTF-8 made of good fragments", first("a\xe2\x82") + last("b"), "close 1007"});
  return cases;
}

class FramesTest : public EdgeTest, public ::testing::WithParamInterface<FrameCase> {
 protected:
  void SetUp() override {
    ASSERT_THAT(client_.upgrade("/ingest", "Authorization: Bearer the token\r\n"),
                ::testing::HasSubstr("101 Switching Protocols"));
    const std::string& bytes = GetParam().bytes;
    const std::size_t piece = GetParam().piece == 0 ? bytes.size() : GetParam().piece;
    for (std::size_t i = 0; i < bytes.size(); i += piece) {
      // The server may have closed on the beginning already.
      try {
        client_.write(std::string_view(bytes).substr(i, piece));
      } catch (const std::exception&) {
        return;
      }
    }
  }
  bool is_told(const std::string& said) {
    return studio().hears<broker::Telemetry>([&](const auto& told) { return told.json == said; });
  }
  void expect_alive() {
    client_.say("are you there?", Opcode::ping);
    for (auto got = client_.receive(); got; got = client_.receive()) {
      if (got->opcode == Opcode::pong && got->payload == "are you there?") return;
      ASSERT_NE(got->opcode, Opcode::close) << got->payload;
    }
    FAIL() << "the connection has ended";
  }
  void expect_closed(unsigned code) {
    const auto got = client_.receive();
    ASSERT_TRUE(got) << "ended without a goodbye";
    ASSERT_EQ(got->opcode, Opcode::close);
    ASSERT_GE(got->payload.size(), 2u);
    EXPECT_EQ(static_cast<unsigned char>(got->payload[0]) * 256U +
                  static_cast<unsigned char>(got->payload[1]),
              code);
    EXPECT_FALSE(client_.receive()) << "something follows the goodbye";
    if (GetParam().section == "5.5.1") {
      EXPECT_EQ(studio().bytes_told(), 0u) << "what follows a goodbye is read";
    }
  }

  TestClient client_{port()};
};

TEST_P(FramesTest, AreReadAsTheRfcSays) {
  const std::string& expected = GetParam().expected;
  const std::string rest = expected.substr(std::min(expected.find(' ') + 1, expected.size()));
  if (expected.starts_with("close ")) return expect_closed(static_cast<unsigned>(std::stoul(rest)));
  if (expected.starts_with("told ")) {
    EXPECT_TRUE(is_told(rest));
  }
  if (expected.starts_with("pong ")) {
    const auto got = client_.receive();
    ASSERT_TRUE(got);
    EXPECT_EQ(got->opcode, Opcode::pong);
    EXPECT_EQ(got->payload, rest);
  }
  expect_alive();
}

INSTANTIATE_TEST_SUITE_P(Headers, FramesTest, ::testing::ValuesIn(headers()), name_of);
INSTANTIATE_TEST_SUITE_P(Fragments, FramesTest, ::testing::ValuesIn(fragments()), name_of);
INSTANTIATE_TEST_SUITE_P(Controls, FramesTest, ::testing::ValuesIn(controls()), name_of);
INSTANTIATE_TEST_SUITE_P(Goodbyes, FramesTest, ::testing::ValuesIn(goodbyes()), name_of);
INSTANTIATE_TEST_SUITE_P(Characters, FramesTest, ::testing::ValuesIn(characters()), name_of);

}  // namespace
}  // namespace keisei::edge::testing
