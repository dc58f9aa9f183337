#pragma once

#include <string>

namespace SQLite {
class Database;
}

namespace keisei::store {

/// Why the database is none that a show may be kept in or taken from: another program's, of a
/// newer version, or damaged; empty if nothing is wrong. An empty file is fine. Writes nothing.
/// Throws SQLite::Exception.
std::string what_is_wrong(SQLite::Database& database);

}  // namespace keisei::store
