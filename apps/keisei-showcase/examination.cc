#include "examination.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <boost/version.hpp>

#include <chrono>
#include <iostream>
#include <iterator>
#include <system_error>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "doctor/clock_check.h"
#include "doctor/descriptor_check.h"
#include "doctor/disk_check.h"
#include "doctor/port_check.h"
#include "doctor/showcase_check.h"
#include "doctor/trainer_check.h"
#include "hook/transport/token_file.h"
#include "http/operator_token.h"
#include "http/reachable.h"
#include "http/static_files.h"
#include "protocol/messages.h"
#include "store/no_store.h"
#include "studio/content/content.h"
#include "studio/programme.h"

namespace keisei {
namespace {

namespace fs = std::filesystem;
using doctor::Finding;
using doctor::Findings;
using doctor::Verdict;

constexpr int kSomethingFailed = 1;
constexpr auto kTrainersPatience = std::chrono::seconds(20);  // libtorch takes some to load
// A token of 65 bytes; a log, if it is kept there, or the store's.
constexpr doctor::DiskNeeds kForState{.wanted = 100'000'000, .least = 1'000'000};
// Three checkpoints of a large network, the games, and 64 MiB for what is not sent yet.
constexpr doctor::DiskNeeds kForRun{.wanted = 2'000'000'000, .least = 100'000'000};

Finding own_versions() {
  return {"versions", Verdict::ok,
          fmt::format("keisei-showcase {}, protocol {}, Boost {}.{}, {}", KEISEI_VERSION,
                      protocol::kProtocolVersion, BOOST_VERSION / 100'000,
                      BOOST_VERSION / 100 % 1000, OpenSSL_version(OPENSSL_VERSION))};
}

Finding page(const ShowcaseOptions& options) {
  const auto files = http::StaticFiles::load(options.ui);
  if (!files) {
    return {"page", Verdict::failed, files.error().message, "name the built page with --ui"};
  }
  return {"page", Verdict::ok, fmt::format("{} files in {}", files->size(), options.ui.string())};
}

Finding content(const ShowcaseOptions& options, const Clock& clock) {
  const auto content = studio::Content::load(options.content);
  const std::string advice = "name the folder of this version's texts with --content";
  if (!content) return {"content", Verdict::failed, content.error().message, advice};
  Counters counters;
  Notices notices(clock, [](const Notices::Notice&) {});
  store::NoStore no_store;
  const auto segments =
      studio::programme(*content, no_store, clock, options.studio, counters, notices);
  const auto complete = content->check(studio::keys_of(segments));
  if (!complete) return {"content", Verdict::failed, complete.error().message, advice};
  return {"content", Verdict::ok,
          fmt::format("{} texts in each language", content->texts(protocol::Language::en).size())};
}

// A state folder that is new gets its token at the start.
Finding token_file(const fs::path& file, const Result<std::string>& token, bool is_made_at_start) {
  std::error_code unknown;
  if (token) return {"token_file", Verdict::ok, file.string() + ", closed to others"};
  if (is_made_at_start && !fs::exists(fs::symlink_status(file, unknown))) {
    return {"token_file", Verdict::ok, file.string() + " is made at the first start"};
  }
  return {"token_file", Verdict::failed, token.error().message,
          "`keisei-showcase token` prints it when that is mended"};
}

// The trainer's, by its rules: it takes also a file that is not closed to others.
Finding copied_token(const fs::path& file, const Result<std::string>& token) {
  if (!token) {
    return {"token_file", Verdict::failed, token.error().message,
            "copy the showcase's operator.token there, for this user to read"};
  }
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IWGRP | S_IRWXO)) != 0) {
    return {"token_file", Verdict::warning, file.string() + " can be read or changed by others",
            "say `chmod 600` to it"};
  }
  return {"token_file", Verdict::ok, file.string() + ", closed to others"};
}

fs::path trainer_program(const ShowcaseOptions& options) {
  if (!options.doctor.trainer.empty()) return options.doctor.trainer;
  std::error_code unknown;
  return fs::read_symlink("/proc/self/exe", unknown).parent_path() / "keisei-train";
}

void add(Findings& findings, Findings more) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

// With the store, where it is there.
doctor::DiskNeeds needs_of(const ShowcaseOptions& options, bool has_store) {
  doctor::DiskNeeds needs = kForState;
  if (has_store) needs.wanted += static_cast<std::uint64_t>(options.store_megabytes) * 1'000'000;
  return needs;
}

Findings disks(const ShowcaseOptions& options) {
  const bool is_elsewhere = options.has_store && !options.store.empty();
  Findings findings{doctor::check_disk("state_disk", options.state_dir,
                                       needs_of(options, options.has_store && !is_elsewhere),
                                       "--state-dir")};
  if (is_elsewhere) {
    findings.push_back(doctor::check_disk("store_disk", fs::absolute(options.store).parent_path(),
                                          needs_of(options, true), "--store"));
  }
  return findings;
}

Findings shows_needs(const ShowcaseOptions& options, const Clock& clock) {
  rlimit descriptors{};
  ::getrlimit(RLIMIT_NOFILE, &descriptors);
  Findings findings{page(options), content(options, clock)};
  add(findings, disks(options));
  findings.push_back(
      doctor::check_descriptors(descriptors.rlim_max, options.edge.admission.max_viewers));
  findings.push_back(doctor::check_port("public_port", options.edge.listen, clock));
  findings.push_back(doctor::check_port("operator_port", options.control.listen, clock));
  return findings;
}

// Where the trainer streams to, if nothing else is said: this machine's public port.
std::string address_here(const http::ListenOptions& listen) {
  return fmt::format("ws://{}/ingest",
                     http::authority(http::reachable_host(listen.bind), listen.port));
}

}  // namespace

int examine(const ShowcaseOptions& options) {
  const SystemClock clock;
  const DoctorOptions& asked = options.doctor;
  const bool is_here = !asked.is_trainers_side;
  const bool is_own = asked.token_file.empty();
  const fs::path file = is_own ? options.token_file() : asked.token_file;
  const auto token =
      is_own ? http::read_operator_token(file) : hook::read_trainers_token(file.string());

  Findings findings = {own_versions()};
  add(findings,
      doctor::check_trainer(doctor::ask_trainer(trainer_program(options), kTrainersPatience),
                            KEISEI_VERSION));
  findings.push_back(doctor::check_own_clock(doctor::state_of_own_clock(), clock.wall()));
  findings.push_back(is_own ? token_file(file, token, is_here) : copied_token(file, token));
  if (is_here) add(findings, shows_needs(options, clock));
  if (!asked.run_dir.empty()) {
    findings.push_back(doctor::check_disk("run_disk", asked.run_dir, kForRun, "--run-dir"));
  }
  add(findings, doctor::check_address(
                    {.url = asked.stream.empty() ? address_here(options.edge.listen) : asked.stream,
                     .ca_file = asked.stream_ca,
                     .is_expected = !asked.stream.empty()},
                    token, clock));
  if (token && is_here) add(findings, doctor::check_show(options.control.listen, *token, clock));

  std::cout << (asked.as_json ? doctor::json_of(findings) : doctor::text_of(findings));
  return doctor::any_failed(findings) ? kSomethingFailed : 0;
}

}  // namespace keisei
