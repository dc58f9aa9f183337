#include "store/store_error.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace keisei::store {
namespace {

StoreError::Kind kind_of(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      return StoreError::Kind::entry;
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
      return StoreError::Kind::passing;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return StoreError::Kind::unusable;
    default:
      return StoreError::Kind::broken;
  }
}

}  // namespace

// The primary code is the last byte of the extended one, which is what SQLiteCpp gives as either.
StoreError error_of(const SQLite::Exception& failure, const std::string& path) {
  return {kind_of(failure.getErrorCode() & 0xFF), path + ": " + failure.what()};
}

}  // namespace keisei::store
