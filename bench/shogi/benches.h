#pragma once

#include "measurement.h"

std::vector<Measurement> insight_measurements();
std::vector<Measurement> perft_measurements();
std::vector<Measurement> rollout_measurements();

/// Counts every line of the table of known perft numbers that is too deep for the tests, and prints
/// each; whether all are right.
bool count_deep(bool json);
