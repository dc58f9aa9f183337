#include "edge/websocket_frames.h"

#include <gmock/gmock.h>

#include "edge/permessage_deflate.h"

namespace keisei::edge {
namespace {

using ::testing::SizeIs;

std::string masked(unsigned opcode, std::string_view payload, bool final_fragment = true) {
  std::string frame;
  frame.push_back(static_cast<char>((final_fragment ? 0x80U : 0U) | opcode));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(0x80U | payload.size()));
  } else {
    frame.push_back(static_cast<char>(0x80U | 126U));
    frame.push_back(static_cast<char>(payload.size() >> 8));
    frame.push_back(static_cast<char>(payload.size() & 0xFF));
  }
  const std::string mask = "\x11\x22\x33\x44";
  frame += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame.push_back(static_cast<char>(payload[i] ^ mask[i % 4]));
  }
  return frame;
}

std::uint16_t error_of(std::string_view bytes) {
  std::vector<Incoming> out;
  return FrameReader({.most_bytes = 100}).feed(bytes, out);
}

TEST(FrameBytes, WritesEachKindOfLength) {
  EXPECT_EQ(frame_bytes(Opcode::text, "ab"),
            "\x81\x02"
            "ab");
  EXPECT_EQ(frame_bytes(Opcode::text, std::string(126, 'x')).substr(0, 4),
            std::string("\x81\x7e\x00\x7e", 4));
  EXPECT_EQ(frame_bytes(Opcode::text, std::string(65536, 'x')).substr(0, 10),
            std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST(FrameReader, ReadsAMessageByteByByte) {
  FrameReader reader({.most_bytes = 1000});
  const std::string frame = masked(1, std::string(300, 'h'));
  std::vector<Incoming> out;
  for (const char byte : frame) {
    EXPECT_THAT(out, SizeIs(0));
    ASSERT_EQ(reader.feed({&byte, 1}, out), 0);
  }
  ASSERT_THAT(out, SizeIs(1));
  EXPECT_EQ(out[0].payload, std::string(300, 'h'));
}

TEST(FrameReader, JoinsFragmentsAroundAPing) {
  FrameReader reader({.most_bytes = 1000});
  std::vector<Incoming> out;
  ASSERT_EQ(reader.feed(masked(1, "one ", false) + masked(9, "p") + masked(0, "two"), out), 0);
  ASSERT_THAT(out, SizeIs(2));
  EXPECT_EQ(out[0].kind, Incoming::Kind::ping);
  EXPECT_EQ(out[1].payload, "one two");
}

TEST(FrameReader, ReadsTheClientsCloseCode) {
  FrameReader reader({.most_bytes = 1000});
  std::vector<Incoming> out;
  reader.feed(masked(8, std::string("\x03\xe9", 2)), out);
  ASSERT_THAT(out, SizeIs(1));
  EXPECT_EQ(out[0].close_code, close_code::kGoingAway);
}

TEST(FrameReader, RefusesWhatTheProtocolForbids) {
  EXPECT_EQ(error_of("\x81\x01x"), close_code::kProtocolError) << "not masked";
  EXPECT_EQ(error_of(masked(1, "x").replace(0, 1, "\xc1")), close_code::kProtocolError) << "RSV1";
  EXPECT_EQ(error_of(masked(3, "x")), close_code::kProtocolError) << "unknown opcode";
  EXPECT_EQ(error_of(masked(0, "x")), close_code::kProtocolError) << "continues nothing";
  EXPECT_EQ(error_of(masked(9, "x", false)), close_code::kProtocolError) << "fragmented ping";
  EXPECT_EQ(error_of(masked(8, "x")), close_code::kProtocolError) << "half a close code";
  EXPECT_EQ(error_of(masked(8, std::string("\x03\xed", 2))), close_code::kProtocolError) << "1005";
  EXPECT_EQ(error_of(masked(2, "x")), close_code::kUnsupported) << "binary";
  EXPECT_EQ(error_of(masked(1, "\xc0\xaf")), close_code::kBadText) << "overlong UTF-8";
}

TEST(FrameReader, RefusesATooLongMessageFromItsHeader) {
  EXPECT_EQ(error_of(masked(1, std::string(101, 'x')).substr(0, 8)), close_code::kTooBig);
  EXPECT_EQ(error_of(masked(1, std::string(60, 'x'), false) + masked(0, std::string(60, 'x'))),
            close_code::kTooBig);
}

TEST(FrameReader, RefusesATextAtTheFirstByteThatNoTextCanHave) {
  const std::string frame = masked(1, "caf\xc3\xa9 \xe2\x28 and more");
  FrameReader reader({.most_bytes = 100});
  std::vector<Incoming> out;
  for (std::size_t i = 0; i < 6 + 7; ++i) ASSERT_EQ(reader.feed(frame.substr(i, 1), out), 0) << i;
  EXPECT_EQ(reader.feed(frame.substr(6 + 7, 1), out), close_code::kBadText);
}

TEST(FrameReader, KnowsCharactersThatFragmentsCut) {
  FrameReader reader({.most_bytes = 100});
  std::vector<Incoming> out;
  ASSERT_EQ(reader.feed(masked(1, "\xe6\xad", false) + masked(9, "\xff") + masked(0, "\xa9"), out),
            0);
  ASSERT_THAT(out, SizeIs(2));
  EXPECT_EQ(out[1].payload, "歩");
  EXPECT_EQ(error_of(masked(1, "\xe6\xad")), close_code::kBadText) << "cut short";
}

// What has been agreed on: RFC 7692.
class DeflatedFrames : public ::testing::Test {
 protected:
  static std::string deflated(unsigned opcode, std::string_view payload, bool is_final = true) {
    std::string frame = masked(opcode, payload, is_final);
    frame[0] = static_cast<char>(static_cast<unsigned char>(frame[0]) | 0x40U);
    return frame;
  }
  std::uint16_t feed(std::string_view bytes) { return reader_.feed(bytes, out_); }

  const std::string hello_ = std::string("\xf2\x48\xcd\xc9\xc9\x07\x00", 7);
  FrameReader reader_{{.most_bytes = 100, .deflated = true}};
  std::vector<Incoming> out_;
};

TEST_F(DeflatedFrames, AreInflatedWhole) {
  ASSERT_EQ(feed(deflated(1, hello_) + masked(1, "plain") + deflated(1, hello_)), 0);
  ASSERT_THAT(out_, SizeIs(3));
  EXPECT_EQ(out_[0].payload, "Hello");
  EXPECT_EQ(out_[1].payload, "plain");
  EXPECT_EQ(out_[2].payload, "Hello");
}

TEST_F(DeflatedFrames, AreMarkedOnTheFirstFragmentOnly) {
  ASSERT_EQ(feed(deflated(1, hello_.substr(0, 3), false) + masked(0, hello_.substr(3))), 0);
  ASSERT_THAT(out_, SizeIs(1));
  EXPECT_EQ(out_[0].payload, "Hello");
  EXPECT_EQ(feed(deflated(1, hello_.substr(0, 3), false) + deflated(0, hello_.substr(3))),
            close_code::kProtocolError);
}

TEST_F(DeflatedFrames, AreNoControlFrames) {
  EXPECT_EQ(feed(deflated(9, hello_)), close_code::kProtocolError);
}

TEST_F(DeflatedFrames, AreLimitedByWhatTheyBecome) {
  MessageDeflater deflater;
  ASSERT_EQ(feed(deflated(1, deflater.deflate(std::string(100, 'x')))), 0);
  EXPECT_EQ(feed(deflated(1, deflater.deflate(std::string(101, 'x')))), close_code::kTooBig);
}

TEST_F(DeflatedFrames, AreHeldToUtf8) {
  EXPECT_EQ(feed(deflated(1, MessageDeflater().deflate("\xc0\xaf"))), close_code::kBadText);
}

TEST(FrameReader, ReadsNothingAfterAnError) {
  FrameReader reader({.most_bytes = 100});
  std::vector<Incoming> out;
  reader.feed("\x81\x01x", out);
  EXPECT_NE(reader.feed(masked(1, "fine"), out), 0);
  EXPECT_THAT(out, SizeIs(0));
}

}  // namespace
}  // namespace keisei::edge
