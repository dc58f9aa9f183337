#pragma once

#include <boost/describe/enum.hpp>
#include <string>
#include <vector>

/// What stands in a show's way, or would: looked at before it does. Every check says what it found
/// and, where that is not well, what to do. Checks change nothing and disturb no show that is on.
namespace keisei::doctor {

/// `failed`: there will be no show, or nobody will see it. `warning`: it will be worse than it
/// could be, or something could not be looked at.
BOOST_DEFINE_ENUM_CLASS(Verdict, ok, warning, failed)

struct Finding {
  std::string check;  // a stable name: "public_port"
  Verdict verdict;
  std::string found;
  std::string advice{};  // what to do; empty when all is well
};

using Findings = std::vector<Finding>;

bool any_failed(const Findings& findings);

/// A line for each, and one more where there is something to do.
std::string text_of(const Findings& findings);

/// `{"ok":false,"checks":[{"check":"public_port","verdict":"failed","found":…,"advice":…}]}`; `ok`
/// unless any has failed.
std::string json_of(const Findings& findings);

}  // namespace keisei::doctor
