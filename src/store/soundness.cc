#include "store/soundness.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <cstdint>

#include "store/schema.h"

namespace keisei::store {

std::string what_is_wrong(SQLite::Database& database) {
  const std::int32_t version = version_of(database);
  const std::int32_t owner = database.execAndGet("PRAGMA application_id").getInt();
  const bool is_new = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() == 0;
  if (is_new && version == 0) return {};
  if (owner != kApplicationId || version < 1) return "is not a show's database";
  const auto newest = static_cast<std::int32_t>(migrations().size());
  if (version > newest) {
    return fmt::format("is of version {}, newer than this program's {}", version, newest);
  }
  const std::string found = database.execAndGet("PRAGMA integrity_check(1)").getString();
  return found == "ok" ? std::string() : "is damaged: " + found;
}

}  // namespace keisei::store
