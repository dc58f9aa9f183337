#pragma once

#include <string>

#include "protocol/improvement_messages.h"
#include "studio/content/content.h"
#include "studio/improvement/evaluation_log.h"
#include "studio/improvement/verdict.h"

namespace keisei::studio {

class PlayStyles;

/// "Is it getting better?", for a viewer: every sentence is made of the numbers beside it.
class ImprovementWords {
 public:
  explicit ImprovementWords(const Content& content) : content_(content) {}

  protocol::Improvement write(const EvaluationLog& log, const VerdictRule& rule,
                              const PlayStyles& styles, protocol::Level level,
                              protocol::Language language) const;
  static Keys keys();

 private:
  using Level = protocol::Level;
  using Language = protocol::Language;

  std::string age(double seconds, Language language) const;
  std::string list(const std::vector<std::string>& items, Language language) const;
  std::string skill_name(const std::string& skill, Language language) const;
  void judge(protocol::Improvement& view, const VerdictRule& rule, Level level,
             Language language) const;
  void tell_anchors(protocol::Improvement& view, const EvaluationLog& log, Level level,
                    Language language) const;
  void tell_skills(protocol::Improvement& view, const EvaluationLog& log, Level level,
                   Language language) const;
  void tell_selves(protocol::Improvement& view, const EvaluationLog& log, const PlayStyles& styles,
                   Level level, Language language) const;

  const Content& content_;
};

}  // namespace keisei::studio
