#include "shogi/insight/fact_kinds.h"
#include "shogi/insight/mate.h"

namespace keisei::shogi {
namespace {

using Verdict = MateSearch::Verdict;

constexpr std::uint64_t kNodes = MoveReader::kMateNodes;
constexpr int kPlies = 3;

/// The rule of a mate in one, or the one of a mate in three.
struct RulePair {
  MoveRule in_1;
  MoveRule in_3;
};

void add_mate(const PlayedMove& played, RulePair rules, const MateSearch& mate, MoveFacts& facts) {
  MoveFact fact = played.fact(mate.line.size() == 1 ? rules.in_1 : rules.in_3);
  fact.move = mate.line.front();
  facts.push_back(fact);
}

/// What the mover made of a mate that was there.
void add_chances(const PlayedMove& played, MoveFacts& facts) {
  const MateSearch chance = find_mate(played.before(), kPlies, kNodes);
  if (chance.verdict == Verdict::no_mate) return;
  const MateSearch taken = find_mate_by(played.before(), played.move(), kPlies, kNodes);
  if (taken.found()) facts.push_back(played.fact(MoveRule::mate_in_3_found));
  if (!chance.found()) return;
  if (chance.line.size() == 1 || taken.verdict == Verdict::no_mate) {
    add_mate(played, {MoveRule::mate_in_1_missed, MoveRule::mate_in_3_missed}, chance, facts);
  }
}

}  // namespace

void add_mate_facts(const PlayedMove& played, MoveFacts& facts) {
  if (played.mates()) {
    facts.push_back(played.fact(MoveRule::mate));
    return;
  }
  add_chances(played, facts);
  const MateSearch answer = find_mate(played.after(), kPlies, kNodes);
  if (!played.tactics().is_check()) {
    const MateSearch threat = find_mate_threat(played.after(), kPlies, kNodes);
    if (threat.found()) {
      add_mate(played, {MoveRule::mate_in_1_threatened, MoveRule::mate_in_3_threatened}, threat,
               facts);
    }
    const MateSearch danger = find_mate_threat(played.before(), kPlies, kNodes);
    if (danger.found() && answer.verdict == Verdict::no_mate) {
      add_mate(played, {MoveRule::mate_in_1_prevented, MoveRule::mate_in_3_prevented}, danger,
               facts);
    }
  }
  if (answer.found()) {
    add_mate(played, {MoveRule::mate_in_1_allowed, MoveRule::mate_in_3_allowed}, answer, facts);
  }
}

}  // namespace keisei::shogi
