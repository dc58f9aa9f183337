#include "doctor/showcase_check.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include "doctor/clock_check.h"
#include "doctor/web.h"
#include "http/reachable.h"

namespace keisei::doctor {
namespace {

namespace json = boost::json;

constexpr double kRecent_s = 600;
constexpr unsigned kOk = 200, kUnauthorized = 401, kMisdirected = 421, kUpgradeRequired = 426;

// Null where it is no object.
json::value object_in(const std::string& body) {
  boost::system::error_code failure;
  json::value value = json::parse(body, failure);
  return !failure && value.is_object() ? value : json::value(nullptr);
}

const json::value* member(const json::value& value, std::string_view name) {
  const json::object* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

double number(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  boost::system::error_code failure;
  const double read = found == nullptr ? 0 : found->to_number<double>(failure);
  return failure ? 0 : read;
}

std::string text(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

bool is_true(const json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  return found != nullptr && found->is_bool() && found->as_bool();
}

// Without an upgrade nobody is let in, but whether the token is right is said before that.
Finding check_token(const hook::ShowcaseUrl& url, const AskOptions& options, const Clock& clock) {
  const std::string check = "trainer_token";
  const auto answer = ask(url, url.target, clock, options);
  if (!answer) return {check, Verdict::failed, answer.error().message, "see that it is on"};
  if (answer->status == kUpgradeRequired) return {check, Verdict::ok, "it takes this token"};
  if (answer->status == kUnauthorized) {
    return {check, Verdict::failed, "it does not take this token",
            "copy the showcase's operator.token here (`keisei-showcase token` prints it), and name "
            "it with the trainer's --token-file"};
  }
  return {check, Verdict::failed,
          fmt::format("{} is answered with {}: no trainer's door", url.target, answer->status),
          "a trainer's address ends in /ingest"};
}

}  // namespace

Findings check_address(const TrainerAddress& address, const Result<std::string>& token,
                       const Clock& clock) {
  const std::string check = "trainer_address";
  const auto url = hook::parse_showcase_url(address.url);
  if (!url) {
    return {{check, Verdict::failed, url.error().message, "correct --stream, here and there"}};
  }
  AskOptions options{.ca_file = address.ca_file};
  auto health = ask(*url, "/healthz", clock, options);
  if (token) options.token = *token;
  // Strangers may not call it by this name; whoever has the token may.
  if (health && health->status == kMisdirected && token) {
    health = ask(*url, "/healthz", clock, options);
  }
  if (!health) {
    const std::string found = address.url + ": " + health.error().message;
    if (!address.is_expected) return {{check, Verdict::ok, found + "; no show is on yet"}};
    return {{check, Verdict::failed, found,
             "see that the showcase is on, that its --bind and a firewall let this machine in, and "
             "that ws:// or wss:// is what it speaks"}};
  }
  if (health->status == kMisdirected) {
    return {{check, Verdict::failed,
             address.url + ": a showcase answers, but does not go by that name",
             "give the showcase --allow-host with it, or this program its token"}};
  }
  const json::value said = object_in(health->body);
  if (health->status != kOk || text(said, "status") != "ok") {
    return {{check, Verdict::failed, address.url + ": no showcase answers there",
             "correct --stream, here and there"}};
  }
  Findings findings = {{check, Verdict::ok, address.url + ": a showcase answers"}};
  if (const double time = number(said, "time"); time > 0) {
    findings.push_back(compare_clocks(time, health->asked, health->answered));
  }
  if (token) findings.push_back(check_token(*url, options, clock));
  return findings;
}

Findings check_show(const http::ListenOptions& operators_port, const std::string& token,
                    const Clock& clock) {
  const hook::ShowcaseUrl url{.host = http::reachable_host(operators_port.bind),
                              .port = std::to_string(operators_port.port),
                              .target = {}};
  const auto answer = ask(url, "/api/v1/status", clock, {.token = token});
  if (!answer) return {};
  if (answer->status == kUnauthorized) {
    return {{"show", Verdict::warning, "a show is on, with another token",
             "name its --state-dir to hear how it is"}};
  }
  const json::value status = object_in(answer->body);
  if (answer->status != kOk || status.is_null()) return {};
  Findings findings = {{"show", Verdict::ok,
                        fmt::format("{} has been on for {:.0f} min", text(status, "version"),
                                    number(status, "uptime_s") / 60)}};
  const json::value* topics = member(status, "topics");
  if (topics == nullptr || !topics->is_array()) return findings;
  for (const json::value& topic : topics->as_array()) {
    const bool is_recent = number(topic, "happenings") > 0 &&
                           number(status, "time") - number(topic, "since") < kRecent_s;
    if (!is_true(topic, "failing") && !is_recent) continue;
    findings.push_back({"show", Verdict::warning,
                        fmt::format("{}: {}", text(topic, "what"), text(topic, "reason")),
                        fmt::format("see `{}` in docs/operator.md", text(topic, "topic"))});
  }
  return findings;
}

}  // namespace keisei::doctor
