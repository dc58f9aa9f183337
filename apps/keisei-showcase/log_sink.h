#pragma once

#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

#include <string_view>

#include "control/log.h"

namespace keisei {

/// Lets what is said to spdlog go the log's way.
class LogSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  /// `log` outlives the sink.
  explicit LogSink(control::Log& log) : log_(log) {}

 private:
  void sink_it_(const spdlog::details::log_msg& said) override {
    const control::Severity severity = said.level >= spdlog::level::err ? control::Severity::error
                                       : said.level == spdlog::level::warn
                                           ? control::Severity::warning
                                           : control::Severity::info;
    log_.write(severity, {said.logger_name.data(), said.logger_name.size()},
               {said.payload.data(), said.payload.size()});
  }
  void flush_() override {}

  control::Log& log_;
};

}  // namespace keisei
