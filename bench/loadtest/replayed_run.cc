#include "loadtest/replayed_run.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "base/file.h"
#include "hook/transport/ingest_connection.h"

namespace keisei::loadtest {
namespace {

using namespace std::chrono_literals;

std::string unzipped(const std::filesystem::path& file) {
  const std::string command = "gzip -dc -- '" + file.string() + "'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string text;
  std::string buffer(65536, '\0');
  while (pipe) {
    const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
    if (size == 0) break;
    text.append(buffer, 0, size);
  }
  return text;
}

bool is(std::string_view type, std::string_view message) {
  return message.starts_with(R"({"type":")" + std::string(type) + '"');
}

/// The message as it would be so many updates later.
std::string later_by(long updates, const std::string& message) {
  constexpr std::string_view kKey = R"("update":)";
  const std::size_t found = message.find(kKey);
  if (found == std::string::npos) return message;
  const std::size_t begin = found + kKey.size();
  const std::size_t end = message.find_first_not_of("0123456789", begin);
  const long update = std::strtol(message.c_str() + begin, nullptr, 10);
  return message.substr(0, begin) + std::to_string(update + updates) + message.substr(end);
}

constexpr double kPastPace = 0.04;  // seconds between its updates

}  // namespace

std::vector<ReplayedRun::Line> ReplayedRun::read(const std::filesystem::path& recording) {
  constexpr std::string_view kAt = R"({"at":)";
  constexpr std::string_view kMessage = R"(,"message":)";
  const std::string text = unzipped(recording);
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    const std::size_t message = line.find(kMessage);
    if (!line.starts_with(kAt) || message == std::string_view::npos) continue;
    const std::string at(line.substr(kAt.size(), message - kAt.size()));
    const std::size_t from = message + kMessage.size();
    lines.push_back(
        {std::strtod(at.c_str(), nullptr), std::string(line.substr(from, line.size() - from - 1))});
  }
  if (lines.empty()) throw std::runtime_error("no recorded run in " + recording.string());
  return lines;
}

void ReplayedRun::prepare(double speed, int earlier_rounds) {
  std::vector<Line> updates;
  for (const Line& line : lines_) {
    if (is("trainer_metrics", line.message)) updates.push_back(line);
  }
  std::vector<Line> past = {lines_.front()};  // the run's introduction
  double at = 0;
  for (int round = 0; round < earlier_rounds; ++round) {
    const auto shift = static_cast<long>(updates.size()) * round;
    for (const Line& update : updates) {
      past.push_back({at += kPastPace, later_by(shift, update.message)});
    }
  }
  const auto shift = static_cast<long>(updates.size()) * earlier_rounds;
  for (Line& line : lines_) line = {at + line.at / speed, later_by(shift, line.message)};
  past_ = past.size();
  lines_.insert(lines_.begin(), past.begin(), past.end());
}

ReplayedRun::ReplayedRun(const ShowcaseProcess& showcase, const std::filesystem::path& recording,
                         double speed, int earlier_rounds)
    : lines_(read(recording)) {
  prepare(speed, earlier_rounds);
  thread_ = std::thread([this, url = showcase.ingest_url(), token_file = showcase.token_file()] {
    tell(url, token_file);
  });
}

ReplayedRun::~ReplayedRun() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void ReplayedRun::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  if (!lost_.empty()) throw std::runtime_error("the showcase stopped listening: " + lost_);
}

void ReplayedRun::tell(const std::string& url, const std::string& token_file) {
  std::string token = read_file(token_file).value_or("");
  token.erase(token.find_last_not_of('\n') + 1);
  boost::asio::io_context io(1);
  const auto tls = hook::make_tls_context("");
  const auto connection = hook::make_ingest_connection(
      io, *tls, hook::parse_showcase_url(url).value(), {.token = token}, {5s, 5s},
      {.opened = [] {},
       .written = [] {},
       .received = [](const std::string&) {},
       .closed =
           [this](const hook::IngestConnection::Ending& ending) {
             lost_ = ending.why.empty() ? "goodbye" : ending.why;
           }});
  std::string alive;
  std::size_t next = 0;
  const SteadyTime begin = std::chrono::steady_clock::now();
  SteadyTime said = begin;
  connection->start(begin);
  while (!stopping_ && lost_.empty()) {
    io.run_for(1ms);
    io.restart();
    const SteadyTime now = std::chrono::steady_clock::now();
    connection->check(now);
    if (!lost_.empty() || !connection->can_send()) continue;
    const double second = std::chrono::duration<double>(now - begin).count();
    if (next < lines_.size() && lines_[next].at <= second) {
      const std::string& message = lines_[next++].message;
      if (is("heartbeat", message)) alive = message;
      connection->send(message, said = now);
    } else if (!alive.empty() && now - said >= 1s) {
      connection->send(alive, said = now);
    }
    begun_ = next >= past_;
    told_ = next == lines_.size();
  }
  connection->abandon();
}

}  // namespace keisei::loadtest
