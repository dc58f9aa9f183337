#pragma once

#include <cstdint>
#include <span>

namespace SQLite {
class Database;
}

namespace keisei::store {

/// "KShw": says whose database it is, in its header.
inline constexpr std::int32_t kApplicationId = 0x4B536877;

/// The migrations in their order: the first makes an empty database one of version 1. What was
/// released once is never changed; a new one goes to the end.
std::span<const char* const> migrations();

std::int32_t version_of(SQLite::Database& database);

/// Brings the database to the newest version, each step whole or not at all. Throws
/// SQLite::Exception.
void migrate(SQLite::Database& database, std::span<const char* const> steps = migrations());

}  // namespace keisei::store
