#include <csignal>
#include <exception>
#include <iostream>

#include "examination.h"
#include "frames.h"
#include "http/operator_token.h"
#include "options.h"
#include "recording/pack.h"
#include "show.h"
#include "store/backup.h"

namespace {

using namespace keisei;

constexpr int kFailed = 2;

int complain(const std::string& why) {
  std::cerr << "keisei-showcase: " << why << "\n";
  return kFailed;
}

int print_token(const ShowcaseOptions& options) {
  const auto token = http::read_operator_token(options.token_file());
  if (!token) return complain(token.error().message);
  std::cout << *token << std::endl;
  return std::cout ? 0 : complain("the token cannot be written to standard output");
}

int back_up(const ShowcaseOptions& options) {
  const auto done = store::back_up(options.store_file(), options.backup);
  if (!done) return complain(done.error().message);
  std::cout << options.backup.string() << " holds the store" << std::endl;
  return 0;
}

// What cannot be read of a damaged recording is not in the new one: 1.
int pack(const ShowcaseOptions& options) {
  const auto packed = recording::pack(options.pack.from.string(), options.pack.to.string());
  if (!packed) return complain(packed.error().message);
  std::cout << options.pack.to.string() << " has " << packed->bytes << " bytes" << std::endl;
  const recording::Ending& ending = packed->ending;
  if (ending.how != recording::Ending::How::closed) std::cerr << ending.why << "\n";
  return ending.how == recording::Ending::How::damaged ? 1 : 0;
}

int restore(const ShowcaseOptions& options) {
  const auto done = store::restore(options.store_file(), options.backup);
  if (!done) return complain(done.error().message);
  std::cout << options.store_file().string() << " is restored";
  if (!done->empty()) std::cout << "; what was there before is " << *done;
  std::cout << std::endl;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // A log that nobody takes any more, or whose file may not grow, is no reason to go off air: then
  // writing it is an error.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    int exit_code = 0;
    const auto options = parse_options(argc, argv, exit_code);
    if (!options) return exit_code;
    switch (options->command) {
      case Command::token:
        return print_token(*options);
      case Command::backup:
        return back_up(*options);
      case Command::doctor:
        return examine(*options);
      case Command::frames:
        return print_frames(*options);
      case Command::pack:
        return pack(*options);
      case Command::restore:
        return restore(*options);
      case Command::show:
        break;
    }
    return show(*options);
  } catch (const std::exception& error) {
    return complain(error.what());
  }
}
