#pragma once

#include "http/router.h"

namespace keisei::edge {

/// `GET /api/openapi.json` and `/api/asyncapi.json`: what this program answers and says, in the
/// words that docs/ has them in.
void add_api_documents(http::Router& router);

}  // namespace keisei::edge
