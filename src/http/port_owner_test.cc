#include "http/port_owner.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>

namespace keisei::http {
namespace {

using boost::asio::ip::tcp;

std::string this_process() {
  std::string name;
  std::getline(std::ifstream("/proc/self/comm"), name);
  return name + " (process " + std::to_string(::getpid()) + ")";
}

TEST(PortOwner, IsTheProcessThatListens) {
  boost::asio::io_context context;
  for (const auto& address :
       {boost::asio::ip::make_address("127.0.0.1"), boost::asio::ip::make_address("0.0.0.0")}) {
    const tcp::acceptor acceptor(context, {address, 0});
    EXPECT_EQ(port_owner(acceptor.local_endpoint().port()), this_process());
  }
}

TEST(PortOwner, IsNobodyWhereNobodyListens) {
  boost::asio::io_context context;
  std::uint16_t port = 0;
  {
    const tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
    port = acceptor.local_endpoint().port();
  }
  EXPECT_EQ(port_owner(port), "");
}

}  // namespace
}  // namespace keisei::http
