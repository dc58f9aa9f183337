#pragma once

#include <optional>
#include <string>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/health/readings.h"
#include "studio/health/update_history.h"
#include "studio/improvement/verdict.h"

namespace keisei::studio {

/// How learning goes as a whole: which readings are out of their usual range or no longer reported,
/// whether games have shown that the network became weaker, and whether the newest update failed
/// its self-test. That it plays better is said elsewhere (ImprovementBoard), and once.
class Headline {
 public:
  explicit Headline(const Content& content) : content_(content) {}

  protocol::EducationalContext write(const UpdateHistory& history, const VerdictRule& strength,
                                     protocol::Level level, protocol::Language language) const;
  /// What a reading is called.
  std::string name(Reading which, protocol::Level level, protocol::Language language) const;
  /// Where it stands, in a few words.
  std::string state(Reading which, Band band, protocol::Language language) const;
  static Keys keys();

 private:
  std::string signs(const UpdateHistory& history, std::optional<protocol::Health> worst,
                    protocol::Level level, protocol::Language language) const;
  std::string of_strength(const VerdictRule& strength, protocol::Level level,
                          protocol::Language language) const;
  std::string of_self_test(const UpdateHistory& history, protocol::Level level,
                           protocol::Language language) const;
  std::string both(const std::string& first, const std::string& second,
                   protocol::Language language) const;
  std::string next(const UpdateHistory& history, const VerdictRule& strength,
                   std::optional<protocol::Health> worst, protocol::Level level,
                   protocol::Language language) const;

  const Content& content_;
};

/// The colour of a reading, by its band; null if nothing says where it stands.
std::optional<protocol::Health> health_of(const UpdateHistory& history, Reading which);

/// Whether it was reported within the updates that are remembered, and not by the newest few.
bool is_silent(const UpdateHistory& history, Reading which);

/// Whether the policy differed from the one that played before the newest update's first step,
/// which it must not. Null if that was not reported.
std::optional<bool> fails_self_test(const UpdateHistory& history);

}  // namespace keisei::studio
