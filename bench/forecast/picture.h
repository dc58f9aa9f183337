#pragma once

#include <string>

#include "study.h"

/// An SVG: what forecasts came to, calibrated and the network's own, beside the line on which both
/// would be the same; the larger a mark, the more positions were forecast so.
std::string picture_of(const Study& study);
