#include "http/etag.h"

#include <gmock/gmock.h>

namespace keisei::http {
namespace {

using ::testing::Contains;
using ::testing::Pair;

Request knowing(std::string etags) {
  Request request;
  request.fields = {{"If-None-Match", std::move(etags)}};
  return request;
}

TEST(ETag, IsAnotherForOtherContent) {
  EXPECT_EQ(etag_of("a"), etag_of("a"));
  EXPECT_NE(etag_of("a"), etag_of("b"));
}

TEST(ETag, IsKnownByWhoeverNamesItAmongOthers) {
  const std::string etag = etag_of("a");
  EXPECT_TRUE(has(knowing(etag), etag));
  EXPECT_TRUE(has(knowing("\"other\", W/" + etag), etag));
  EXPECT_TRUE(has(knowing("*"), etag));
  EXPECT_FALSE(has(knowing("\"other\""), etag));
  EXPECT_FALSE(has(Request{}, etag));
}

TEST(ETag, ComesWithContentThatIsAskedForAnew) {
  const Response fresh = content_response({}, "text/plain", "a");
  EXPECT_EQ(*fresh.body, "a");
  EXPECT_THAT(fresh.fields, Contains(Pair("ETag", etag_of("a"))));
  EXPECT_THAT(fresh.fields, Contains(Pair("Cache-Control", "no-cache")));
  const Response known = content_response(knowing(etag_of("a")), "text/plain", "a");
  EXPECT_EQ(known.status, Status::not_modified);
  EXPECT_EQ(known.body, nullptr);
}

}  // namespace
}  // namespace keisei::http
