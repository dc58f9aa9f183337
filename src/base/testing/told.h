#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/notices.h"

namespace keisei {

/// What people have been told, a line each; from any thread.
class Told {
 public:
  Notices::Teller teller() {
    return [this](const Notices::Notice& notice) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(line_of(notice));
    };
  }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace keisei
