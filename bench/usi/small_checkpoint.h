#pragma once

#include <string>

#include "base/testing/temporary_folder.h"

/// A folder of its own with the checkpoint of a small network that has learnt nothing yet; gone
/// with this object.
class SmallCheckpoint {
 public:
  SmallCheckpoint();

  std::string folder() const { return folder_.path().string(); }
  const std::string& path() const { return path_; }

 private:
  keisei::TemporaryFolder folder_;
  std::string path_;
};
