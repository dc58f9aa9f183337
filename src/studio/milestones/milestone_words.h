#pragma once

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/milestones/milestone.h"

namespace keisei::studio {

/// A milestone in words.
class MilestoneWords {
 public:
  /// `content` outlives it.
  explicit MilestoneWords(const Content& content) : content_(content) {}

  protocol::MilestoneView view(const Milestone& milestone, bool saved, protocol::Level level,
                               protocol::Language language) const;
  Keys keys() const;

 private:
  std::string name_of(const Milestone& milestone, protocol::Language language) const;

  const Content& content_;
};

}  // namespace keisei::studio
