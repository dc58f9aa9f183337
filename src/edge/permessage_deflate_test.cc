#include "edge/permessage_deflate.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>

#include "edge/websocket_frames.h"

namespace keisei::edge {
namespace {

using namespace std::string_literals;

constexpr const char* kTerms =
    "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
constexpr std::size_t kMost = 1 << 20;

std::string some_json(std::size_t size) {
  std::string text;
  for (unsigned i = 0; text.size() < size; ++i) {
    text += R"({"type":"game_state","seq":)" + std::to_string(i * 7919) + "}";
  }
  return text.substr(0, size);
}

std::string noise(std::size_t size) {
  std::string bytes;
  std::uint32_t state = 1;
  while (bytes.size() < size) {
    state = state * 1664525 + 1013904223;
    bytes += static_cast<char>(state >> 24);
  }
  return bytes;
}

TEST(AcceptDeflate, TakesWhatBrowsersOffer) {
  EXPECT_EQ(accept_deflate("permessage-deflate; client_max_window_bits")->response, kTerms);
  EXPECT_EQ(accept_deflate("permessage-deflate")->response, kTerms);
  EXPECT_EQ(accept_deflate("permessage-deflate;client_max_window_bits=10")->response, kTerms);
  EXPECT_EQ(accept_deflate(" permessage-deflate ;\tserver_no_context_takeover ; "
                           "client_no_context_takeover")
                ->response,
            kTerms);
}

TEST(AcceptDeflate, RepeatsTheWindowThatTheClientHas) {
  const auto small = accept_deflate("permessage-deflate; server_max_window_bits=9");
  EXPECT_EQ(small->response, kTerms + "; server_max_window_bits=9"s);
  EXPECT_FALSE(small->takes_shared_frames());
  const auto large = accept_deflate(R"(permessage-deflate; server_max_window_bits="15")");
  EXPECT_EQ(large->response, kTerms + "; server_max_window_bits=15"s);
  EXPECT_TRUE(large->takes_shared_frames());
}

TEST(AcceptDeflate, TakesTheFirstOfferThatIsInOrder) {
  const auto terms =
      accept_deflate(R"(x-snappy; level="1,2", permessage-deflate; server_max_window_bits=7, )"
                     "permessage-deflate; server_max_window_bits=12, permessage-deflate");
  EXPECT_EQ(terms->window_bits, 12);
}

TEST(AcceptDeflate, DeclinesWhatTheStandardForbids) {
  for (const char* offer :
       {"", ",", "permessage-deflat", "permessage-deflate2", "x-webkit-deflate-frame",
        "permessage-deflate; fast", "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=09",
        "permessage-deflate; server_max_window_bits=+9",
        "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
        "permessage-deflate; server_no_context_takeover=true",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        R"(permessage-deflate; server_max_window_bits="10)", "permessage-deflate;"}) {
    EXPECT_FALSE(accept_deflate(offer)) << offer;
  }
}

TEST(MessageDeflater, MakesWhatInflatesToTheSame) {
  MessageDeflater deflater;
  for (const std::string& message : {""s, "a"s, some_json(2000), some_json(300'000), noise(300),
                                     noise(200'000), std::string(1'000'000, 'x')}) {
    const std::string payload = deflater.deflate(message);
    EXPECT_EQ(inflate_message(payload, kMost), message) << message.size();
    EXPECT_LE(payload.size(), most_deflated(message.size()));
  }
}

TEST(MessageDeflater, KeepsNothingOfTheMessageBefore) {
  MessageDeflater deflater;
  const std::string first = deflater.deflate(some_json(2000));
  EXPECT_EQ(deflater.deflate(some_json(2000)), first);
  EXPECT_EQ(MessageDeflater().deflate(some_json(2000)), first);
  EXPECT_LT(first.size(), 1000U);
}

// RFC 7692 §7.2.3.
TEST(InflateMessage, ReadsTheExamplesOfTheStandard) {
  EXPECT_EQ(inflate_message("\xf2\x48\xcd\xc9\xc9\x07\x00"s, kMost), "Hello");
  EXPECT_EQ(inflate_message("\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00"s, kMost), "Hello")
      << "a block without compression";
  EXPECT_EQ(inflate_message("\xf3\x48\xcd\xc9\xc9\x07\x00\x00"s, kMost), "Hello") << "a last block";
  EXPECT_EQ(inflate_message("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00"s, kMost),
            "Hello")
      << "two blocks";
  EXPECT_EQ(inflate_message("\x00"s, kMost), "") << "an empty message";
}

TEST(InflateMessage, LimitsWhatItBecomesToTheByte) {
  MessageDeflater deflater;
  for (const std::size_t size : {1U, 16'384U, 16'385U, 100'000U}) {
    const std::string payload = deflater.deflate(std::string(size, 'x'));
    EXPECT_EQ(inflate_message(payload, size), std::string(size, 'x'));
    EXPECT_EQ(inflate_message(payload, size - 1).error(), close_code::kTooBig) << size;
  }
}

TEST(InflateMessage, RefusesWhatIsNoCompressedData) {
  EXPECT_EQ(inflate_message("\x06\x00"s, kMost).error(), close_code::kBadText)
      << "there is no third kind of block";
  EXPECT_EQ(inflate_message("", kMost).error(), close_code::kBadText);
  EXPECT_EQ(inflate_message("\xf3\x48\xcd\xc9\xc9\x07\x00"s, kMost).error(), close_code::kBadText)
      << "nothing after a last block";
}

TEST(InflateMessage, RefusesWhatIsCutShort) {
  const std::string payload = MessageDeflater().deflate(some_json(500));
  for (std::size_t size = 0; size < payload.size(); ++size) {
    EXPECT_FALSE(inflate_message(payload.substr(0, size), kMost)) << size;
  }
}

}  // namespace
}  // namespace keisei::edge
