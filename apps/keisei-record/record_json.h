#pragma once

#include <string>

#include "shogi/record/reading.h"

/// All that was read of a game, as one line of JSON (docs/records.md says what it holds).
std::string to_json(const keisei::shogi::ReadGame& game);
