#include "showcase_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

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

ShowcaseProcess::ShowcaseProcess(const fs::path& program, const fs::path& content)
    : folder_(fs::temp_directory_path() / ("keisei-loadtest-" + std::to_string(::getpid()))),
      port_(free_port()) {
  fs::create_directories(folder_ / "ui");
  std::ofstream(folder_ / "ui" / "index.html") << "<!doctype html>";
  const std::string port = std::to_string(port_);
  const std::string ui = folder_ / "ui";
  pid_ = ::fork();
  if (pid_ == 0) {
    const int log = ::open((folder_ / "log").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execl(program.c_str(), program.c_str(), "--port", port.c_str(), "--ui", ui.c_str(),
            "--content", content.c_str(), "--state-dir", folder_.c_str(), "--max-viewers", "20000",
            nullptr);
    ::_exit(127);
  }
  for (int i = 0; i < 200 && !answers(port_); ++i) {
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_ || i == 199) {
      std::ifstream log(folder_ / "log");
      std::stringstream words;
      words << log.rdbuf();
      pid_ = -1;
      throw std::runtime_error(program.string() + " did not start: " + words.str());
    }
    std::this_thread::sleep_for(50ms);
  }
}

ShowcaseProcess::~ShowcaseProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

double ShowcaseProcess::edge_cpu_us() const {
  const std::string id = std::to_string(pid_);
  std::ifstream in("/proc/" + id + "/task/" + id + "/schedstat");
  double nanoseconds = 0;
  in >> nanoseconds;
  return nanoseconds / 1000;
}

double ShowcaseProcess::resident_bytes() const {
  std::ifstream in("/proc/" + std::to_string(pid_) + "/statm");
  double size = 0;
  double resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace keisei::loadtest
