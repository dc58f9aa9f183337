#pragma once

#include <string_view>

#include "base/result.h"
#include "hook/events/emitter.h"

namespace keisei::binding {

/// Emits any event of the hook's list, by its name there, from a JSON object of its fields as the
/// protocol has them: `checkpoint`, `{"update":3,"global_step":9,"name":"a.pt","bytes":1}`. What is
/// left out keeps its default; what is wrong or unknown is refused by name, and nothing is emitted.
///
/// Parses and allocates: for events that are rare, and for kinds that an interface has no struct
/// for.
Result<void> emit_json(std::string_view name, std::string_view json, hook::Emitter& to);

}  // namespace keisei::binding
