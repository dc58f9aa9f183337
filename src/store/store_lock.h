#pragma once

#include <string>

#include "base/result.h"

namespace keisei::store {

/// Keeps every other process that asks for it away from a store, until this object or the process
/// is gone. Its file, `<store>.lock`, stays and says who had it last.
class StoreLock {
 public:
  /// The code of the error is `unavailable` if another process has it.
  static Result<StoreLock> take(const std::string& store);
  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&&) = delete;
  ~StoreLock();

 private:
  explicit StoreLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace keisei::store
