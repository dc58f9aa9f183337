#include "studio/forecast/verdict_words.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;

// The words of content/*/forecast.json.
constexpr KeyFamily<Lean, Level> kLean("forecast.lean.*.*");
constexpr KeyFamily<VerdictCause, Level> kCause("forecast.cause.*.*");
constexpr KeyFamily kBare("forecast.bare");
constexpr KeyFamily kBecause("forecast.because");

}  // namespace

std::string VerdictWords::sentence(const Verdict& verdict, Level level, Language language) const {
  const std::string side = words_.side(verdict.side, language);
  const std::string lean = content_.text(language, kLean(verdict.lean, level), {{"side", side}});
  if (!verdict.cause) return content_.text(language, kBare(), {{"lean", lean}});
  const std::string cause = content_.text(language, kCause(*verdict.cause, level),
                                          {{"side", side},
                                           {"other", words_.side(~verdict.side, language)},
                                           {"piece", words_.piece(verdict.piece, language)},
                                           {"given", words_.piece(verdict.given, language)},
                                           {"n", std::to_string(verdict.count)}});
  return content_.text(language, kBecause(), {{"lean", lean}, {"cause", cause}});
}

Keys VerdictWords::keys() { return kLean.keys() + kCause.keys() + kBare.keys() + kBecause.keys(); }

}  // namespace keisei::studio
