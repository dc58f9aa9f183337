#pragma once

#include "learner.h"
#include "rl/options.h"

/// `learn`: one line of JSON for a run, or a table with its points.
void print_json(const Curve& curve, const keisei::rl::Options& options);
void print_text(const Curve& curve, const keisei::rl::Options& options);
