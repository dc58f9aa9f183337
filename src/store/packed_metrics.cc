#include "store/packed_metrics.h"

#include <cmath>
#include <limits>
#include <optional>

#include "store/bytes.h"

namespace keisei::store {

std::string pack_names(const Metrics& metrics) {
  ByteWriter out;
  for (const auto& [name, value] : metrics) out.text(name);
  return out.take();
}

std::string pack_values(const Metrics& metrics) {
  ByteWriter out;
  for (const auto& [name, value] : metrics) {
    out.fixed(value.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return out.take();
}

Metrics unpack_metrics(std::string_view names, std::string_view values) {
  Metrics metrics;
  ByteReader value_bytes(values);
  for (ByteReader in(names); !in.is_at_end();) {
    std::string name(in.text());
    const auto value = value_bytes.fixed<double>();
    metrics.emplace_hint(metrics.end(), std::move(name),
                         std::isfinite(value) ? protocol::Number(value) : std::nullopt);
  }
  return metrics;
}

}  // namespace keisei::store
