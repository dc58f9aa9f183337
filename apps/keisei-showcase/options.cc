#include "options.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/enum_names.h"
#include "base/numbers.h"
#include "http/hosts.h"
#include "http/origins.h"

namespace keisei {
namespace {

constexpr int kUsageError = 2;
constexpr WholeNumber kPort{0, 65'535};
constexpr WholeNumber kViewers{1, 1'000'000};
constexpr WholeNumber kStore{16, 1'000'000};
constexpr WholeNumber kPast{0, 4096};
constexpr RealNumber kPace{0.05, 60};
constexpr RealNumber kSpeed{0.1, 1000};

std::string not_empty(const std::string& text) { return text.empty() ? "must not be empty" : ""; }

std::string is_origin(const std::string& text) {
  const auto good = http::check_origin(text);
  return good ? "" : good.error().message;
}

std::string is_host(const std::string& text) {
  const auto good = http::check_host(text);
  return good ? "" : good.error().message;
}

// "90", "1.5", "12:30" or "1:02:03" to seconds; none if it is nothing of the kind.
std::optional<double> seconds_of(std::string_view text) {
  constexpr RealNumber kMost{0, 1e9};
  constexpr RealNumber kOfSixty{0, 59.999'999};
  double seconds = 0;
  for (int places = 1; places <= 3; ++places) {
    const std::size_t colon = text.find(':');
    const bool is_last = colon == std::string_view::npos;
    const std::string part(text.substr(0, colon));
    if (!(places == 1 ? kMost : kOfSixty)(part).empty()) return std::nullopt;
    if (!is_last && part.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    seconds = seconds * 60 + std::stod(part);
    if (is_last) return seconds <= kMost.most ? std::optional(seconds) : std::nullopt;
    text.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

std::string is_position(const std::string& text) {
  return seconds_of(text) ? "" : "must be seconds, mm:ss or hh:mm:ss";
}

template <class Enum>
std::string is_one_of(const std::string& text) {
  return enumerator_of<Enum>(text) ? "" : "there is no " + text;
}

// Strings and numbers as they are given, before they become what the show wants.
struct Flags {
  bool log_json = false;
  bool has_no_store = false;
  double seconds_per_move = 3;
  std::string from = "0";
  std::string level = "intermediate";
  std::string language = "en";
  std::vector<std::string> trusted_proxies;
};

void add_options(CLI::App& app, ShowcaseOptions& options, Flags& flags) {
  app.add_option("--port", options.edge.listen.port, "Public port")
      ->check(kPort, "0 to 65535")
      ->capture_default_str();
  app.add_option("--bind", options.edge.listen.bind, "Address to listen on; 0.0.0.0 for everyone")
      ->check(not_empty)
      ->capture_default_str();
  app.add_option("--control-port", options.control.listen.port,
                 "The operator's port: API and /metrics, with the operator token; 0 for any")
      ->check(kPort, "0 to 65535")
      ->capture_default_str();
  app.add_option("--control-bind", options.control.listen.bind, "Address for the operator's port")
      ->check(not_empty)
      ->capture_default_str();
  app.add_option("--ui", options.ui, "Folder of the built page")
      ->check(not_empty)
      ->capture_default_str();
  app.add_option("--content", options.content, "Folder of the texts")
      ->check(not_empty)
      ->capture_default_str();
  app.add_option("--state-dir", options.state_dir, "Folder for the operator token and the store")
      ->check(not_empty)
      ->capture_default_str();
  app.add_option("--store", options.store,
                 "The database that the show is kept in; show.db of --state-dir unless it is said")
      ->check(not_empty);
  app.add_option("--store-limit", options.store_megabytes,
                 "Megabytes that the store may take; then the oldest goes")
      ->check(kStore, "16 to 1000000")
      ->capture_default_str();
  app.add_flag("--no-store", flags.has_no_store, "Keeps nothing");
  app.add_option("--look-back", options.past_megabytes,
                 "Megabytes of memory for what viewers can look back at; 0: they cannot")
      ->check(kPast, "0 to 4096")
      ->capture_default_str();
  app.add_option("--seconds-per-move", flags.seconds_per_move, "Pace of the featured game")
      ->check(kPace, "0.05 to 60")
      ->capture_default_str();
  app.add_option("--allow-origin", options.edge.allowed_origins,
                 "Another page that may connect viewers, e.g. https://example.org")
      ->check(is_origin);
  app.add_option(
         "--allow-host", options.edge.allowed_hosts,
         "A name that the show goes by, e.g. show.example.org; addresses and localhost need "
         "not be named")
      ->check(is_host);
  app.add_option("--max-viewers", options.edge.admission.max_viewers,
                 "Connections at the same time")
      ->check(kViewers, "1 to 1000000")
      ->capture_default_str();
  app.add_option("--max-viewers-per-address", options.edge.admission.max_viewers_per_address,
                 "From one address; this machine is exempt")
      ->check(kViewers, "1 to 1000000")
      ->capture_default_str();
  app.add_flag("!--no-deflate", options.edge.deflate,
               "Compresses no WebSocket message: less processor time, more bandwidth");
  app.add_option(
      "--trusted-proxy", flags.trusted_proxies,
      "Network or address of a proxy whose X-Forwarded-For is believed, e.g. 10.0.0.0/8");
  app.add_flag("--log-json", flags.log_json, "One JSON object a line on standard error");
  app.set_version_flag("--version", "keisei-showcase " KEISEI_VERSION);
  app.set_config("--config", "", "Options from a TOML file, e.g. port = 8080")
      ->check(CLI::ExistingFile);
  app.allow_config_extras(CLI::config_extras_mode::error);
}

void add_recording_options(CLI::App& app, RecordingOptions& options, Flags& flags) {
  CLI::Option& record =
      *app.add_option("--record", options.record,
                      "Records the show in this file; with a number behind its name if there is "
                      "one already")
           ->check(not_empty);
  CLI::Option& replay =
      *app.add_option("--replay", options.replay, "Shows this recording, and takes no trainer")
           ->check(not_empty)
           ->excludes(&record);
  app.add_option("--speed", options.pace.speed, "Of the replay")
      ->check(kSpeed, "0.1 to 1000")
      ->needs(&replay)
      ->capture_default_str();
  app.add_option("--from", flags.from, "Where the replay begins: seconds, mm:ss or hh:mm:ss")
      ->check(is_position)
      ->needs(&replay)
      ->capture_default_str();
  app.add_flag("--loop", options.pace.loops, "The replay begins again when it has ended");
}

void add_frames(CLI::App& app, ShowcaseOptions& options, Flags& flags) {
  FramesOptions& frames = options.frames;
  CLI::App& app_frames = *app.add_subcommand(
      "frames", "Prints all that a recording shows, a line for each message, and ends");
  app_frames.callback([&] { options.command = Command::frames; });
  app_frames.add_option("FILE", frames.file, "The recording")->required()->check(not_empty);
  app_frames.add_flag(
      "--hash", frames.as_hash,
      "Only how many there are and the SHA-256 of all, in every language and level");
  app_frames.add_option("--level", flags.level, "beginner, intermediate or advanced")
      ->check(is_one_of<protocol::Level>);
  app_frames.add_option("--language", flags.language, "en or ja")
      ->check(is_one_of<protocol::Language>);
}

void add_pack(CLI::App& app, ShowcaseOptions& options) {
  CLI::App& app_pack =
      *app.add_subcommand("pack", "Writes a recording into a new file, as small as it gets");
  app_pack.callback([&] { options.command = Command::pack; });
  app_pack.add_option("FILE", options.pack.from, "The recording")->required()->check(not_empty);
  app_pack.add_option("NEW", options.pack.to, "The new file")->required()->check(not_empty);
}

// All options may stand before or after a command's name.
void add_commands(CLI::App& app, ShowcaseOptions& options) {
  app.require_subcommand(0, 1)->fallthrough();
  CLI::App& token =
      *app.add_subcommand("token", "Prints the operator token of --state-dir, and ends");
  token.callback([&] { options.command = Command::token; });

  CLI::App& backup = *app.add_subcommand(
      "backup", "Writes a copy of the store, also while the show is on, and ends");
  CLI::App& restore = *app.add_subcommand(
      "restore", "Puts such a copy in the store's place while the show is off, and ends");
  backup.callback([&] { options.command = Command::backup; });
  restore.callback([&] { options.command = Command::restore; });
  for (CLI::App* command : {&backup, &restore}) {
    command->add_option("FILE", options.backup, "The copy")->required()->check(not_empty);
  }

  DoctorOptions& doctor = options.doctor;
  CLI::App& app_doctor = *app.add_subcommand(
      "doctor",
      "Looks at all that a show needs, given the same options, and says what to do; exit code 1 if "
      "anything fails");
  app_doctor.callback([&] { options.command = Command::doctor; });
  app_doctor.add_flag("--json", doctor.as_json, "One JSON object instead of lines");
  app_doctor.add_flag("--trainer-side", doctor.is_trainers_side,
                      "On the trainer's machine: looks only at what the trainer needs");
  app_doctor
      .add_option("--stream", doctor.stream,
                  "The address that the trainer is given, as seen from here; the public port of "
                  "this machine unless it is said")
      ->check(not_empty);
  app_doctor
      .add_option("--stream-ca", doctor.stream_ca,
                  "For wss://: certificates (PEM) that vouch for the showcase")
      ->check(not_empty);
  app_doctor
      .add_option("--token-file", doctor.token_file, "The trainer's, if not that of --state-dir")
      ->check(not_empty);
  app_doctor.add_option("--run-dir", doctor.run_dir, "Where the trainer keeps its run")
      ->check(not_empty);
  app_doctor
      .add_option("--trainer", doctor.trainer, "The program keisei-train, if not beside this one")
      ->check(not_empty);
}

// What no option can check alone. Empty, or what is wrong.
std::string contradiction_in(const ShowcaseOptions& options) {
  const http::ListenOptions& page = options.edge.listen;
  const http::ListenOptions& control = options.control.listen;
  const bool overlap = page.bind == control.bind || page.bind == "0.0.0.0" ||
                       control.bind == "0.0.0.0" || page.bind == "::" || control.bind == "::";
  if (page.port != 0 && page.port == control.port && overlap) {
    return "--port and --control-port are both " + std::to_string(page.port) +
           ": the operator's API needs a port of its own";
  }
  if (!options.has_store && !options.store.empty()) {
    return "--store and --no-store: it is one or the other";
  }
  if (options.recording.pace.loops && options.recording.replay.empty()) {
    return "--loop requires --replay";
  }
  if (options.doctor.is_trainers_side && options.doctor.stream.empty()) {
    return "doctor --trainer-side needs --stream, the address that the trainer is given";
  }
  return {};
}

std::nullopt_t refuse(const std::string& why, int& exit_code) {
  std::cerr << "keisei-showcase: " << why << "\n";
  exit_code = kUsageError;
  return std::nullopt;
}

}  // namespace

std::optional<ShowcaseOptions> parse_options(int argc, char** argv, int& exit_code) {
  ShowcaseOptions options;
  options.ui = "ui/dist";
  options.content = "content";
  options.state_dir = "var/showcase";
  Flags flags;
  CLI::App app{
      "Shows a running training to viewers: web page, WebSocket and trainer's ingest on one port, "
      "the operator's API on another."};
  add_options(app, options, flags);
  add_recording_options(app, options.recording, flags);
  add_commands(app, options);
  add_frames(app, options, flags);
  add_pack(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    exit_code = app.exit(done);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    return refuse(error.what() + std::string(" (see --help)"), exit_code);
  }
  auto proxies = http::TrustedProxies::parse(flags.trusted_proxies);
  if (!proxies) return refuse("--trusted-proxy: " + proxies.error().message, exit_code);
  options.has_store = !flags.has_no_store;
  if (const std::string why = contradiction_in(options); !why.empty()) {
    return refuse(why, exit_code);
  }
  options.edge.proxies = std::move(*proxies);
  options.studio.director.per_move =
      std::chrono::milliseconds(std::llround(flags.seconds_per_move * 1000));
  options.recording.pace.from =
      std::chrono::milliseconds(std::llround(*seconds_of(flags.from) * 1000));
  options.frames.level = *enumerator_of<protocol::Level>(flags.level);
  options.frames.language = *enumerator_of<protocol::Language>(flags.language);
  if (flags.log_json) options.log_form = control::Log::Form::json;
  return options;
}

}  // namespace keisei
