#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>

namespace keisei::store {

/// One execution of a prepared statement: its values in their order, then run() or step() from row
/// to row. Texts and blobs are read while it lives. Throws SQLite::Exception.
class Execution {
 public:
  explicit Execution(SQLite::Statement& statement) : statement_(statement) {}
  ~Execution() {
    statement_.tryReset();
    try {
      statement_.clearBindings();
    } catch (const SQLite::Exception&) {  // it has none
    }
  }
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  Execution& with(std::int64_t value) {
    statement_.bind(++bound_, value);
    return *this;
  }
  Execution& with(int value) { return with(std::int64_t{value}); }
  Execution& with(double value) {
    statement_.bind(++bound_, value);
    return *this;
  }
  Execution& with(const std::string& text) {
    statement_.bindNoCopy(++bound_, text);
    return *this;
  }
  Execution& with_blob(const std::string& bytes) {
    statement_.bindNoCopy(++bound_, bytes.data(), static_cast<int>(bytes.size()));
    return *this;
  }
  template <class T>
  Execution& with(const std::optional<T>& value) {
    return value ? with(*value) : with_null();
  }

  bool step() { return statement_.executeStep(); }
  /// How many rows it changed.
  int run() { return statement_.exec(); }

  bool is_null(int column) { return statement_.getColumn(column).isNull(); }
  std::int64_t whole(int column) { return statement_.getColumn(column).getInt64(); }
  double real(int column) { return statement_.getColumn(column).getDouble(); }
  /// A text or blob.
  std::string bytes(int column) {
    const SQLite::Column found = statement_.getColumn(column);
    const void* const begin = found.getBlob();
    const auto size = static_cast<std::size_t>(found.getBytes());
    return size > 0 ? std::string(static_cast<const char*>(begin), size) : std::string();
  }

 private:
  Execution& with_null() {
    ++bound_;  // unless something is bound, it is null
    return *this;
  }

  SQLite::Statement& statement_;
  int bound_ = 0;
};

}  // namespace keisei::store
