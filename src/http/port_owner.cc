#include "http/port_owner.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

namespace keisei::http {
namespace {

namespace fs = std::filesystem;

// Columns of /proc/net/tcp. An address is "0100007F:1F90".
constexpr std::size_t kLocalAddress = 1, kState = 3, kInode = 9;
constexpr const char* kListens = "0A";

// The sockets that listen there, as /proc/*/fd names them.
std::vector<std::string> listeners(std::uint16_t port, const char* table) {
  std::vector<std::string> sockets;
  std::ifstream lines(table);
  std::string line;
  std::getline(lines, line);  // the columns' names
  while (std::getline(lines, line)) {
    std::istringstream in(line);
    const std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    if (words.size() <= kInode || words[kState] != kListens) continue;
    const std::string& local = words[kLocalAddress];
    if (std::stoul(local.substr(local.find(':') + 1), nullptr, 16) == port) {
      sockets.push_back("socket:[" + words[kInode] + "]");
    }
  }
  return sockets;
}

bool holds_any(const fs::path& process, const std::vector<std::string>& sockets) {
  std::error_code unknown;
  for (auto entry = fs::directory_iterator(process / "fd", unknown);
       !unknown && entry != fs::directory_iterator(); entry.increment(unknown)) {
    std::error_code closed;
    const std::string target = fs::read_symlink(entry->path(), closed).string();
    if (std::find(sockets.begin(), sockets.end(), target) != sockets.end()) return true;
  }
  return false;
}

bool is_number(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

std::string port_owner(std::uint16_t port) {
  std::vector<std::string> sockets = listeners(port, "/proc/net/tcp");
  for (std::string& socket : listeners(port, "/proc/net/tcp6"))
    sockets.push_back(std::move(socket));
  if (sockets.empty()) return {};
  std::error_code unknown;
  for (auto process = fs::directory_iterator("/proc", unknown);
       !unknown && process != fs::directory_iterator(); process.increment(unknown)) {
    const std::string id = process->path().filename().string();
    if (!is_number(id) || !holds_any(process->path(), sockets)) continue;
    std::string name;
    std::getline(std::ifstream(process->path() / "comm"), name);
    return name + " (process " + id + ")";
  }
  return {};
}

}  // namespace keisei::http
