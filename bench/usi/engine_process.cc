#include "engine_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <thread>

using std::chrono::milliseconds;
using Time = std::chrono::steady_clock;

namespace {

constexpr milliseconds kPatience{5000};

milliseconds left_until(Time::time_point deadline) {
  return std::max(milliseconds{0},
                  std::chrono::duration_cast<milliseconds>(deadline - Time::now()));
}

}  // namespace

EngineProcess::EngineProcess(const std::vector<std::string>& command) {
  // An engine that has died is seen by what it does not answer.
  ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> in{}, out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
  }
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  if (pid_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  output_ = out[0];
}

EngineProcess::~EngineProcess() {
  send("quit");
  close_input();
  if (!wait(kPatience)) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(output_);
}

void EngineProcess::send(std::string_view line) {
  if (input_ < 0) return;
  std::string text(line);
  text += '\n';
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t written = ::write(input_, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    done += static_cast<std::size_t>(written);
  }
}

void EngineProcess::close_input() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

std::optional<std::string> EngineProcess::read_line(milliseconds timeout) {
  const auto deadline = Time::now() + timeout;
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    pollfd waiting{.fd = output_, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left_until(deadline).count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    std::array<char, 4096> bytes{};
    const ssize_t read = ::read(output_, bytes.data(), bytes.size());
    if (read <= 0) return std::nullopt;
    buffer_.append(bytes.data(), static_cast<std::size_t>(read));
  }
}

std::optional<std::string> EngineProcess::read_until(std::string_view prefix,
                                                     milliseconds timeout) {
  skipped.clear();
  const auto deadline = Time::now() + timeout;
  while (auto line = read_line(left_until(deadline))) {
    if (line->starts_with(prefix)) return line;
    skipped.push_back(std::move(*line));
  }
  return std::nullopt;
}

std::optional<int> EngineProcess::wait(milliseconds timeout) {
  const auto deadline = Time::now() + timeout;
  while (!status_) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    } else if (Time::now() >= deadline) {
      return std::nullopt;
    } else {
      std::this_thread::sleep_for(milliseconds(2));
    }
  }
  return status_;
}
