#include "loadtest/showcase_process.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "base/file.h"

namespace keisei::loadtest {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::uint16_t free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(probe);
  return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
  const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback(port);
  const bool up =
      ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return up;
}

}  // namespace

ShowcaseProcess::ShowcaseProcess(const fs::path& program, const fs::path& content,
                                 const std::vector<std::string>& more_options)
    : port_(free_port()) {
  folder_.write("ui/index.html", "<!doctype html>");
  const std::string log = folder_ / "log";
  std::vector<std::string> command = {program.string(),
                                      "--port",
                                      std::to_string(port_),
                                      "--ui",
                                      folder_ / "ui",
                                      "--content",
                                      content.string(),
                                      "--state-dir",
                                      folder_.path().string(),
                                      "--max-viewers",
                                      "20000",
                                      "--control-port",
                                      "0"};
  command.insert(command.end(), more_options.begin(), more_options.end());
  process_.emplace(command, log);
  for (int i = 0; i < 200; ++i) {
    if (answers(port_)) return;
    if (!process_->is_running()) break;
    std::this_thread::sleep_for(50ms);
  }
  throw std::runtime_error(program.string() + " did not start: " + read_file(log).value_or(""));
}

double ShowcaseProcess::edge_cpu_us() const {
  const std::string id = std::to_string(pid());
  std::ifstream in("/proc/" + id + "/task/" + id + "/schedstat");
  double nanoseconds = 0;
  in >> nanoseconds;
  return nanoseconds / 1000;
}

double ShowcaseProcess::resident_bytes() const {
  std::ifstream in("/proc/" + std::to_string(pid()) + "/statm");
  double size = 0;
  double resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace keisei::loadtest
