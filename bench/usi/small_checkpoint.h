#pragma once

#include <string>

/// A folder of its own with the checkpoint of a small network that has learnt nothing yet; gone
/// with this object.
class SmallCheckpoint {
 public:
  SmallCheckpoint();
  ~SmallCheckpoint();
  SmallCheckpoint(const SmallCheckpoint&) = delete;
  SmallCheckpoint& operator=(const SmallCheckpoint&) = delete;

  const std::string& folder() const { return folder_; }
  const std::string& path() const { return path_; }

 private:
  std::string folder_, path_;
};
