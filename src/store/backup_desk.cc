#include "store/backup_desk.h"

#include <unistd.h>

#include <utility>

#include "base/file.h"

namespace keisei::store {

BackupDesk::BackupDesk(std::string store, const Clock& clock)
    : store_(std::move(store)), clock_(clock) {}

bool BackupDesk::work(SQLite::Database* database) {
  if (!copy_ && clock_.steady() >= next_look_) {
    next_look_ = clock_.steady() + kPace;
    look(database);
  }
  if (!copy_) return false;
  const auto finished = copy_->step();
  if (finished && !*finished) return true;
  copy_.reset();
  answer(finished ? kDone : finished.error().why);
  return false;
}

void BackupDesk::look(SQLite::Database* database) {
  const std::string request = request_of(store_);
  if (::access(request.c_str(), F_OK) != 0) return;
  const auto file = read_file(request);
  ::unlink(request.c_str());
  if (!file) return answer(file.error().message);
  if (database == nullptr) return answer("the show keeps nothing now: its log says why");
  auto copy = DatabaseCopy::begin(*database, *file);
  if (!copy) return answer(copy.error().why);
  copy_.emplace(std::move(*copy));
}

void BackupDesk::close() {
  if (!copy_) return;
  copy_.reset();
  answer("the store was closed meanwhile");
}

// Where that cannot be written, the other side waits until it is told to stop.
void BackupDesk::answer(std::string_view text) {
  [[maybe_unused]] const auto written = write_atomically(answer_of(store_), text);
}

}  // namespace keisei::store
