#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <future>
#include <string_view>

#include "http/server_test_kit.h"

namespace keisei::http::testing {
namespace {

TEST_F(HttpServerTest, CountsItsAnswersByStatus) {
  TestClient(port()).get("/client");
  TestClient(port()).get("/nowhere");
  EXPECT_EQ(responses()[Status::ok].value(), 1u);
  EXPECT_EQ(responses()[Status::not_found].value(), 1u);
}

TEST_F(HttpServerTest, CountsARequestThatItRefusesOnce) {
  TestClient client(port());
  client.write("nonsense\r\n\r\n");
  client.body_of(client.read_header());
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(responses()[Status::bad_request].value(), 1u);
  EXPECT_EQ(dropped().total(), 0u);
}

TEST_F(HttpServerTest, CountsAClientThatLeavesWithinItsRequest) {
  {
    TestClient client(port());
    client.write("GET /client HT");
  }
  EXPECT_TRUE(comes_true([&] { return dropped()[Dropped::closed_by_client].value() == 1; }));
  EXPECT_EQ(responses().total(), 0u);
}

// Its bytes are read, and only then is found that nobody is there.
TEST_F(HttpServerTest, CountsAClientThatIsGoneBeforeItsRequestIsRead) {
  constexpr std::string_view kRequest = "GET /client HTTP/1.1\r\nHost: here\r\n\r\n";
  const int client = connected_socket(port());
  std::array<char, 4096> answer{};
  ASSERT_GT(::send(client, kRequest.data(), kRequest.size(), MSG_NOSIGNAL), 0);
  ASSERT_GT(::recv(client, answer.data(), answer.size(), 0), 0);
  std::promise<void> go_on;
  boost::asio::post(context_, [&] { go_on.get_future().wait(); });
  ::send(client, kRequest.data(), kRequest.size(), MSG_NOSIGNAL);
  const linger reset{1, 0};
  ::setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  ::close(client);
  go_on.set_value();
  EXPECT_TRUE(comes_true([&] { return dropped()[Dropped::closed_by_client].value() == 1; }));
  EXPECT_EQ(responses().total(), 1u);
}

}  // namespace
}  // namespace keisei::http::testing
