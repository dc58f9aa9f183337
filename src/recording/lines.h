#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "recording/turn.h"

namespace keisei::recording {

/// Turns as lines of JSON, each with how long after the one before it was taken:
///
///     {"after":10213,"telemetry":{"session":7,"json":"{…}"}}
///     {"after":89120}
///     {"recalled":{"run_id":"r1","found":true,…}}     before the turn in which it was asked
///     {"kept_update":{…}}                             what was known
///
/// `shift` stands beside `after` where the wall clock was set meanwhile.
class LineWriter {
 public:
  explicit LineWriter(const Moment& begin) : last_(begin) {}

  void append(std::string& out, const Turn& turn);
  /// Of the last turn that was written.
  const Moment& last() const { return last_; }

 private:
  Moment last_;
};

/// Reads them back.
class LineReader {
 public:
  explicit LineReader(const Moment& begin) : last_(begin) {}

  /// The turn that ends with this line, if one does. After an error nothing more can be read.
  Result<std::optional<Turn>> read(std::string_view line);
  const Moment& last() const { return last_; }

 private:
  Result<void> remember(const boost::json::object& object);

  Moment last_;
  std::vector<Recall> recalls_;                 // of the turn that is to come
  std::shared_ptr<store::RunMemory> recalled_;  // of the last of them, still growing
};

}  // namespace keisei::recording
