#pragma once

#include "archive/archive_file.h"
#include "archive/trait_reader.h"
#include "protocol/http_answers.h"

/// What the archive has, as its answers say it.
namespace keisei::archive {

protocol::GameList answer_of(const Page& page);
/// Its openings and castles are found anew: the store has none of games that it kept without them.
protocol::ArchivedGame answer_of(const KeptGame& kept, const TraitReader& traits);

}  // namespace keisei::archive
