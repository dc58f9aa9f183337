#include "rl/run_log.h"

#include <utility>

namespace keisei::rl {

Result<RunLog> RunLog::open(const std::string& path, std::string_view header) {
  auto file = AppendFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const bool is_new = file->size() == 0;
  RunLog log(std::move(*file));
  if (!header.empty() && is_new) {
    if (Result<void> written = log.append(header); !written) return tl::unexpected(written.error());
  }
  return log;
}

Result<void> RunLog::append(std::string_view line) {
  return file_.append(std::string(line) + '\n');
}

}  // namespace keisei::rl
