#pragma once

#include "archive/archive_file.h"
#include "protocol/http_answers.h"

namespace keisei::archive {

protocol::MilestoneList answer_of(const MilestonePage& page);

}  // namespace keisei::archive
