#include "http/websocket_upgrade.h"

#include <gmock/gmock.h>

namespace keisei::http {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

Request upgrade() {
  Request request;
  request.fields = {{"Upgrade", "WebSocket"},
                    {"Connection", "keep-alive, Upgrade"},
                    {"Sec-WebSocket-Version", "13"},
                    {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  return request;
}

TEST(WebSocketUpgrade, IsAcceptedWithTheKeyOfTheRfcsExample) {
  const auto accepted = accept_upgrade(upgrade());
  ASSERT_TRUE(accepted);
  EXPECT_THAT(*accepted, HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
}

TEST(WebSocketUpgrade, SaysWhichExtensionsAreAccepted) {
  EXPECT_THAT(*accept_upgrade(upgrade(), "permessage-deflate"),
              HasSubstr("Sec-WebSocket-Extensions: permessage-deflate\r\n"));
  EXPECT_THAT(*accept_upgrade(upgrade()), Not(HasSubstr("Extensions")));
}

TEST(WebSocketUpgrade, IsExplainedToWhoeverAsksForSomethingElse) {
  Request request = upgrade();
  request.fields[2].second = "8";
  const auto refused = accept_upgrade(request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, Status::upgrade_required);
  EXPECT_THAT(refused.error().fields, Contains(Pair("Sec-WebSocket-Version", "13")));
}

TEST(WebSocketUpgrade, NeedsAWholeKey) {
  Request request = upgrade();
  request.fields[3].second = "short";
  EXPECT_EQ(accept_upgrade(request).error().status, Status::bad_request);
}

}  // namespace
}  // namespace keisei::http
