#pragma once

#include <memory>
#include <string>

namespace SQLite {
class Database;
}

namespace keisei::store {

/// A connection that cannot write and, when it closes, brings nothing back (docs/adr/0010), to a
/// database that a store of this program has opened. For one thread. Throws SQLite::Exception.
std::unique_ptr<SQLite::Database> open_for_reading(const std::string& path);

}  // namespace keisei::store
