#pragma once

#include <string>

#include "shogi/position.h"

namespace keisei::shogi {

/// A legal move in Western (Hodges) notation, ranks as letters: "P-7f", "Bx2b+", "N*5e", "S-7g=" (a
/// promotion declined), "G4i-5h" where several pieces of the kind could make the move.
std::string to_western(const Position& position, Move move);

}  // namespace keisei::shogi
