#pragma once

#include "shogi/insight/castles.h"
#include "shogi/insight/move_fact.h"
#include "shogi/insight/move_reader.h"
#include "shogi/insight/openings.h"
#include "shogi/insight/played_move.h"

/// The facts of a move, kind by kind. For the sources of this folder, not for its users.
namespace keisei::shogi {

void add_mate_facts(const PlayedMove& played, MoveFacts& facts);
void add_capture_facts(const PlayedMove& played, MoveFacts& facts);
/// What stands to be lost: sacrifices, offers, pieces saved, defended and left.
void add_loss_facts(const PlayedMove& played, MoveFacts& facts);
void add_promotion_facts(const PlayedMove& played, MoveFacts& facts);
void add_attack_facts(const PlayedMove& played, MoveFacts& facts);
void add_castle_facts(const PlayedMove& played, const Castles& castles, MoveFacts& facts);
void add_opening_facts(const PlayedMove& played, const GameSoFar& game, const Openings& openings,
                       MoveFacts& facts);
void add_entering_facts(const PlayedMove& played, MoveFacts& facts);
void add_repetition_facts(const PlayedMove& played, const GameSoFar& game, MoveFacts& facts);

}  // namespace keisei::shogi
