#include <fmt/format.h>

#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using PagesTest = EdgeTest;

TEST_F(PagesTest, AreServedSafely) {
  const std::string header = TestClient(port()).get("/");
  EXPECT_THAT(header, HasSubstr("200 OK"));
  EXPECT_THAT(header, HasSubstr("Content-Type: text/html"));
  EXPECT_THAT(header, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(header, HasSubstr("Content-Security-Policy: default-src 'self'"));
  EXPECT_THAT(header, HasSubstr("Cache-Control: no-cache"));
}

TEST_F(PagesTest, ComePackedToThoseWhoUnpackThem) {
  EXPECT_THAT(TestClient(port()).get("/assets/app.js", "Accept-Encoding: gzip\r\n"),
              HasSubstr("Content-Encoding: gzip"));
  const std::string plain = TestClient(port()).get("/assets/app.js");
  EXPECT_THAT(plain, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(plain, HasSubstr("immutable"));
}

TEST_F(PagesTest, AreNotSentAgainToThoseWhoHaveThem) {
  const std::string header = TestClient(port()).get("/");
  const auto start = header.find("ETag: ") + 6;
  const std::string etag = header.substr(start, header.find("\r\n", start) - start);
  EXPECT_THAT(TestClient(port()).get("/", "If-None-Match: " + etag + "\r\n"), HasSubstr("304"));
}

TEST_F(PagesTest, LeadNotOutOfTheirFolder) {
  EXPECT_THAT(TestClient(port()).get("/../../../etc/passwd"), HasSubstr("404"));
  EXPECT_THAT(TestClient(port()).get("/assets/../../secret.txt"), HasSubstr("404"));
  EXPECT_THAT(TestClient(port()).get("/%2e%2e/secret.txt"), HasSubstr("404"));
}

TEST_F(PagesTest, AreNotGivenToClientsOfAnApi) {
  TestClient client(port());
  const std::string header = client.get("/api/v1/nothing");
  EXPECT_THAT(header, HasSubstr("404 Not Found"));
  EXPECT_THAT(header, HasSubstr("Content-Type: application/problem+json"));
}

TEST_F(PagesTest, ComeWithAReportOfHealth) {
  TestClient client(port());
  const std::string header = client.get("/healthz");
  EXPECT_THAT(header, HasSubstr("200 OK"));
  const std::string body = client.body_of(header);
  EXPECT_THAT(body, HasSubstr(R"("status":"ok","viewers":0)"));
  EXPECT_THAT(body, HasSubstr(fmt::format(R"("time":{:.0f})", unix_seconds(clock_.wall()))));
}

}  // namespace
}  // namespace keisei::edge::testing
