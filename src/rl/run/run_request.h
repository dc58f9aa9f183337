#pragma once

#include <cstdint>
#include <string>

#include "rl/options.h"

namespace keisei::rl {

/// What the user asked for.
struct RunRequest {
  Options options;
  std::string run_dir;
  std::string stream_url;  // empty: not streamed
  std::string token_file;
  std::string stream_ca;   // certificates for wss://; empty: those the system trusts
  std::string resume;      // empty: a new run; "auto": the newest checkpoint of the run directory,
                           // if there is one; else the path of a checkpoint
  double minutes = 0;      // 0: until told to stop
  std::int64_t steps = 0;  // stop after so many plies in all; 0: until told to stop
  bool quiet = false;
  std::string blas;  // what does the linear algebra, for the first lines
};

}  // namespace keisei::rl
