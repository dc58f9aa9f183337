#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

namespace keisei {

/// While this lives, the process may do no more than anyone: not even the administrator, to whom
/// every file opens.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    if (was_root_ && ::seteuid(kNobody) != 0) ADD_FAILURE() << "still the administrator";
  }
  ~AsNobody() {
    if (was_root_ && ::seteuid(0) != 0) ADD_FAILURE() << "still nobody";
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  bool was_root_;
};

}  // namespace keisei
