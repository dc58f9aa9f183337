#include "doctor/port_check.h"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <thread>

#include "base/counters.h"

namespace keisei::doctor {
namespace {

using boost::asio::ip::tcp;
using ::testing::HasSubstr;

Finding check(const std::string& bind, std::uint16_t port) {
  const SystemClock clock;
  return check_port("public_port", {.bind = bind, .port = port}, clock);
}

TEST(PortCheck, IsContentWithAFreePort) {
  EXPECT_EQ(check("127.0.0.1", 0).verdict, Verdict::ok);
  EXPECT_EQ(check("0.0.0.0", 0).verdict, Verdict::ok);
}

TEST(PortCheck, SaysWhoHasTakenIt) {
  boost::asio::io_context context;
  tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  std::thread other([&] { acceptor.accept().close(); });  // takes the question, and hangs up
  const Finding found = check("127.0.0.1", acceptor.local_endpoint().port());
  other.join();
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.found, HasSubstr("(process " + std::to_string(::getpid()) + ")"));
  EXPECT_THAT(found.advice, HasSubstr("--port"));
}

TEST(PortCheck, IsContentWithAShowcaseThatIsOn) {
  boost::asio::io_context context(1);
  const SystemClock clock;
  Counters counters;
  Notices notices(clock, [](const Notices::Notice&) {});
  http::Router router;
  router.get("/healthz", [](const http::Request&, const http::Reply& reply) {
    reply(http::text_response("application/json", R"({"status":"ok","viewers":0})"));
  });
  http::Server showcase(context, {},
                        {std::move(router),
                         {},
                         http::HttpCounters(counters, "keisei_test_http"),
                         http::PortTopics(notices, "test_port", "the test's port"),
                         clock});
  ASSERT_TRUE(showcase.listen());
  std::thread thread([&] { context.run(); });
  const Finding found = check("127.0.0.1", showcase.port());
  context.stop();
  thread.join();
  EXPECT_EQ(found.verdict, Verdict::ok);
  EXPECT_THAT(found.found, HasSubstr("a showcase is on"));
}

TEST(PortCheck, FailsForAnAddressOfAnotherMachine) {
  const Finding found = check("192.0.2.1", 0);
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.advice, HasSubstr("--bind"));
}

TEST(PortCheck, FailsForWhatIsNoAddress) {
  EXPECT_THAT(check("nonsense", 0).found, HasSubstr("no IP address"));
}

}  // namespace
}  // namespace keisei::doctor
