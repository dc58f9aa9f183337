#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// How large the frames are that one viewer gets: the bytes of the WebSocket frame, its header too,
/// by the type of their message.
class FrameSizes {
 public:
  void add(std::string_view payload);

  const std::map<std::string, std::vector<double>, std::less<>>& by_type() const { return sizes_; }

 private:
  std::map<std::string, std::vector<double>, std::less<>> sizes_;
};
