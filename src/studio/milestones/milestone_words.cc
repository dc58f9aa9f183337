#include "studio/milestones/milestone_words.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

#include "studio/milestones/breakthrough_watch.h"
#include "studio/milestones/firsts.h"
#include "studio/milestones/record.h"
#include "studio/milestones/strength_rules.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using protocol::MilestoneKind;
using protocol::Side;

constexpr KeyFamily<MilestoneKind> kTitle("milestones.title.*");
constexpr KeyFamily<MilestoneKind> kText("milestones.text.*");
constexpr KeyFamily<MilestoneKind, Level> kMeaning("milestones.meaning.*.*");
constexpr KeyFamily<MilestoneKind> kRule("milestones.rule.*");
constexpr KeyFamily<KnownSkill> kSkill("milestones.skill.*");
constexpr KeyFamily<Side> kSide("game.side.*");

std::string castle_key(std::string_view id) {
  return fmt::format("shogi_names.castles.{}.name", id);
}

/// "12,345".
std::string grouped(double number) {
  std::string digits = fmt::format("{:.0f}", number);
  for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4) {
    digits.insert(digits.size() - from_end, 1, ',');
  }
  return digits;
}

std::string shown(MilestoneKind kind, double value) {
  switch (kind) {
    case MilestoneKind::score:
    case MilestoneKind::skill:
    case MilestoneKind::breakthrough:
      return percent(value);
    case MilestoneKind::swing:
      return fmt::format("{:.0f}", value * 100);
    default:
      return grouped(value);
  }
}

/// The number that ends a detail: "75" of "mate_in_one/75"; nothing of what ends otherwise.
std::string step_of(std::string_view detail) {
  const std::string_view last = detail.substr(detail.rfind('/') + 1);
  std::int64_t step = 0;
  const auto read = std::from_chars(last.data(), last.data() + last.size(), step);
  return read.ec == std::errc{} ? grouped(static_cast<double>(step)) : std::string();
}

}  // namespace

// Which castle or skill.
std::string MilestoneWords::name_of(const Milestone& milestone, Language language) const {
  const std::string_view detail = milestone.detail;
  if (milestone.kind == MilestoneKind::castle) {
    const auto found = content_.texts(language).find(castle_key(detail));
    return found == content_.texts(language).end() ? milestone.detail : found->second;
  }
  if (milestone.kind == MilestoneKind::skill) {
    const auto skill = enumerator_of<KnownSkill>(detail.substr(0, detail.find('/')));
    return skill ? content_.text(language, kSkill(*skill)) : milestone.detail;
  }
  return "";
}

protocol::MilestoneView MilestoneWords::view(const Milestone& milestone, bool saved, Level level,
                                             Language language) const {
  const MilestoneKind kind = milestone.kind;
  const std::string side =
      milestone.side ? content_.text(language, kSide(*milestone.side)) : std::string();
  const std::string name = name_of(milestone, language);
  const std::string step = step_of(milestone.detail);
  const std::string value = milestone.value ? shown(kind, *milestone.value) : "–";
  const auto filled = [&](const Key& key) {
    return content_.text(language, key,
                         {{"side", side},
                          {"name", name},
                          {"step", step},
                          {"value", value},
                          {"plies", std::to_string(kSafeRookPlies)},
                          {"saves", std::to_string(kSavedRooks)},
                          {"games", std::to_string(Record::kFirst)}});
  };
  protocol::MilestoneView view{};
  view.key = milestone.key();
  view.kind = kind;
  view.title = filled(kTitle(kind));
  view.text = filled(kText(kind));
  view.meaning = filled(kMeaning(kind, level));
  if (level == Level::advanced) view.rule = filled(kRule(kind));
  view.value = milestone.value;
  view.side = milestone.side;
  if (milestone.moment) {
    view.game_id = milestone.moment->game_id;
    view.game_number = milestone.moment->game_number;
    view.ply = milestone.moment->ply;
  }
  view.update = milestone.update;
  view.reached_at = milestone.reached_at;
  view.saved = saved;
  return view;
}

Keys MilestoneWords::keys() const {
  Keys keys =
      kTitle.keys() + kText.keys() + kMeaning.keys() + kRule.keys() + kSkill.keys() + kSide.keys();
  for (const shogi::Castle& castle : content_.castles().all()) {
    keys.push_back(castle_key(castle.id));
  }
  return keys;
}

}  // namespace keisei::studio
