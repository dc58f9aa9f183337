#include "http/request_reader.h"

#include <gtest/gtest.h>

namespace keisei::http {
namespace {

using Step = RequestReader::Step;

constexpr std::size_t kMaxBody = 10;

Step read_all(RequestReader& reader, std::string& bytes) {
  const Step step = reader.read(bytes);
  return step == Step::header ? reader.read_body(bytes, kMaxBody) : step;
}

TEST(RequestReader, ReadsARequestHoweverItIsCut) {
  const std::string whole =
      "POST /api/v1/streaming?x=1 HTTP/1.1\r\nHost: here\r\nX-A: 1\r\nx-a: 2\r\n"
      "Content-Length: 4\r\n\r\nbody";
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    RequestReader reader;
    std::string bytes = whole.substr(0, cut);
    Step step = read_all(reader, bytes);
    if (step == Step::more) {
      bytes += whole.substr(cut);
      step = read_all(reader, bytes);
    }
    ASSERT_EQ(step, Step::complete) << cut;
    EXPECT_EQ(reader.request().method, Method::post);
    EXPECT_EQ(reader.request().path(), "/api/v1/streaming");
    EXPECT_EQ(reader.request().field("x-A"), "1, 2");
    EXPECT_EQ(reader.request().body, "body");
    EXPECT_TRUE(reader.keeps_alive());
    EXPECT_TRUE(bytes.empty());
  }
}

TEST(RequestReader, LeavesWhatFollowsTheRequest) {
  RequestReader reader;
  std::string bytes = "GET / HTTP/1.1\r\nHost: here\r\n\r\nGET /next HTTP/1.1\r\nHost: here\r\n";
  EXPECT_EQ(read_all(reader, bytes), Step::complete);
  EXPECT_EQ(bytes, "GET /next HTTP/1.1\r\nHost: here\r\n");
}

TEST(RequestReader, ReadsNoBodyInChunks) {
  RequestReader reader;
  std::string bytes = "POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
  EXPECT_EQ(read_all(reader, bytes), Step::no_length);
  EXPECT_FALSE(reader.keeps_alive());
}

// Else someone before us could take for a body what we take for the next request.
TEST(RequestReader, ReadsNoBodyInAnyOtherEncoding) {
  for (const char* fields :
       {"Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, identity\r\n",
        "transfer-encoding: identity\r\nContent-Length: 4\r\n", "Transfer-Encoding:\r\n"}) {
    RequestReader reader;
    std::string bytes = std::string("POST / HTTP/1.1\r\nHost: here\r\n") + fields + "\r\n";
    ASSERT_EQ(reader.read(bytes), Step::header) << fields;
    EXPECT_FALSE(reader.keeps_alive()) << "refused before its body is asked for: " << fields;
    EXPECT_EQ(reader.read_body(bytes, kMaxBody), Step::no_length) << fields;
    EXPECT_FALSE(reader.keeps_alive()) << fields;
  }
}

TEST(RequestReader, RefusesABodyThatIsTooLong) {
  for (const char* body : {"Content-Length: 11\r\n\r\n", "Content-Length: 9999999\r\n\r\n"}) {
    RequestReader reader;
    std::string bytes = std::string("POST / HTTP/1.1\r\nHost: here\r\n") + body;
    EXPECT_EQ(read_all(reader, bytes), Step::body_too_large) << body;
    EXPECT_FALSE(reader.keeps_alive());
  }
}

TEST(RequestReader, RefusesAHeaderThatNeverEnds) {
  RequestReader reader;
  std::string bytes = "GET / HTTP/1.1\r\nHost: here\r\n";
  Step step = Step::more;
  for (int i = 0; i < 1000 && step == Step::more; ++i) {
    bytes += "X-Field: value\r\n";
    step = read_all(reader, bytes);
  }
  EXPECT_EQ(step, Step::header_too_large);
}

TEST(RequestReader, RefusesWhatIsNoRequest) {
  for (const char* text : {"\x16\x03\x01\x02\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "GET\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: here\r\nbad field\r\n\r\n"}) {
    RequestReader reader;
    std::string bytes = text;
    EXPECT_EQ(read_all(reader, bytes), Step::malformed) << text;
  }
}

TEST(RequestReader, RefusesWhatSaysNotWhichHostItIsFor) {
  for (const char* fields : {"", "Host: a\r\nHost: a\r\n", "Host: a b\r\n", "Host: a/b\r\n"}) {
    RequestReader reader;
    std::string bytes = std::string("GET / HTTP/1.1\r\n") + fields + "\r\n";
    EXPECT_EQ(read_all(reader, bytes), Step::bad_host) << fields;
    EXPECT_FALSE(reader.keeps_alive()) << fields;
  }
}

TEST(RequestReader, AsksHttp10ForNoHost) {
  RequestReader reader;
  std::string bytes = "GET / HTTP/1.0\r\n\r\n";
  EXPECT_EQ(read_all(reader, bytes), Step::complete);
  EXPECT_TRUE(reader.request().is_http_1_0);
}

TEST(RequestReader, TakesAWholeUriForItsPathAndHost) {
  RequestReader reader;
  std::string bytes = "GET http://there:81/path?x=1 HTTP/1.1\r\nHost: here\r\n\r\n";
  EXPECT_EQ(read_all(reader, bytes), Step::complete);
  EXPECT_EQ(reader.request().target, "/path?x=1");
  EXPECT_EQ(reader.request().field("Host"), "there:81");
}

TEST(RequestReader, ForgivesOneEmptyLineBeforeARequest) {
  for (const std::string line : {"\r\n", "\r\n\r\n"}) {
    RequestReader reader;
    std::string bytes;
    Step step = Step::more;
    for (const char byte : line + "GET / HTTP/1.1\r\nHost: here\r\n\r\n") {
      if (step != Step::more) break;
      bytes += byte;
      step = read_all(reader, bytes);
    }
    EXPECT_EQ(step, line.size() == 2 ? Step::complete : Step::malformed);
  }
}

TEST(RequestReader, KnowsWhetherAnythingHasCome) {
  RequestReader reader;
  std::string nothing;
  EXPECT_EQ(reader.read(nothing), Step::more);
  EXPECT_FALSE(reader.begun());
  std::string bytes = "G";
  reader.read(bytes);
  EXPECT_TRUE(reader.begun());
}

}  // namespace
}  // namespace keisei::http
