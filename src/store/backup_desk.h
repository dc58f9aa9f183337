#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "store/database_copy.h"

namespace keisei::store {

/// Where another process asks the show for a backup, by files beside the store:
/// `<store>.backup-request` holds where it is to go, `<store>.backup-answer` becomes what came of
/// it. Whoever may write in that folder may ask; nobody else can.
class BackupDesk {
 public:
  /// Between two looks.
  static constexpr std::chrono::milliseconds kPace{500};
  /// In an answer: all is well. Else it is why not.
  static constexpr std::string_view kDone = "done";

  BackupDesk(std::string store, const Clock& clock);

  /// A few milliseconds of what was asked for, if anything was; whether there is more of it.
  /// Without a database the answer is that there is none.
  bool work(SQLite::Database* database);
  /// The database will be closed: what is not finished is given up.
  void close();

  static std::string request_of(const std::string& store) { return store + ".backup-request"; }
  static std::string answer_of(const std::string& store) { return store + ".backup-answer"; }

 private:
  void look(SQLite::Database* database);
  void answer(std::string_view text);

  const std::string store_;
  const Clock& clock_;
  SteadyTime next_look_{};
  std::optional<DatabaseCopy> copy_;
};

}  // namespace keisei::store
