#include "protocol/series.h"

#include <algorithm>
#include <cmath>

#include "protocol/encode.h"

namespace keisei::protocol {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUnknown = "..";
constexpr int kSteps = 4095;

bool is_known(const Number& value) { return value && std::isfinite(*value); }

}  // namespace

void write(std::string& out, const Series& series, const Rule& rule) {
  const SeriesRange range = range_of(series);
  out += "{\"from\":";
  append_number(out, range.from, rule.digits);
  out += ",\"to\":";
  append_number(out, range.to, rule.digits);
  out += ",\"points\":\"";
  out += points_of(series, range);
  out += "\"}";
}

SeriesRange range_of(const Series& series) {
  SeriesRange range;
  bool any = false;
  for (const Number& value : series) {
    if (!is_known(value)) continue;
    range.from = any ? std::min(range.from, *value) : *value;
    range.to = any ? std::max(range.to, *value) : *value;
    any = true;
  }
  return range;
}

std::string points_of(const Series& series, const SeriesRange& range) {
  std::string points;
  points.reserve(2 * series.size());
  const double span = range.to - range.from;
  for (const Number& value : series) {
    if (!is_known(value)) {
      points += kUnknown;
      continue;
    }
    const double share = span > 0 ? (*value - range.from) / span : 0;
    const auto step = static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * kSteps));
    points += kDigits[step / kDigits.size()];
    points += kDigits[step % kDigits.size()];
  }
  return points;
}

bool read_points(std::string_view points, const SeriesRange& range, Series& out) {
  if (points.size() % 2 != 0) return false;
  for (; !points.empty(); points.remove_prefix(2)) {
    if (points.starts_with(kUnknown)) {
      out.emplace_back();
      continue;
    }
    const std::size_t high = kDigits.find(points[0]);
    const std::size_t low = kDigits.find(points[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return false;
    const auto step = static_cast<double>(high * kDigits.size() + low);
    out.emplace_back(range.from + step / kSteps * (range.to - range.from));
  }
  return true;
}

}  // namespace keisei::protocol
