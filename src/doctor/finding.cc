#include "doctor/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/enum_names.h"
#include "base/printable.h"

namespace keisei::doctor {

bool any_failed(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& one) { return one.verdict == Verdict::failed; });
}

std::string text_of(const Findings& findings) {
  std::size_t width = 0;
  for (const Finding& one : findings) width = std::max(width, one.check.size());
  std::string text;
  for (const Finding& one : findings) {
    text += fmt::format("{:<7}  {:<{}}  {}\n", to_string(one.verdict), one.check, width,
                        printable(one.found));
    if (!one.advice.empty()) {
      text += fmt::format("{:<7}  {:<{}}  → {}\n", "", "", width, printable(one.advice));
    }
  }
  return text;
}

std::string json_of(const Findings& findings) {
  boost::json::array checks;
  for (const Finding& one : findings) {
    checks.push_back({{"check", one.check},
                      {"verdict", to_string(one.verdict)},
                      {"found", printable(one.found)},
                      {"advice", printable(one.advice)}});
  }
  return boost::json::serialize(
             boost::json::object{{"ok", !any_failed(findings)}, {"checks", checks}}) +
         "\n";
}

}  // namespace keisei::doctor
