#include "control/exposition.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace keisei::control {
namespace {

prometheus::MetricFamily family_of(const Counters::Family& family) {
  const bool grows = family.kind == Counters::Kind::counter;
  prometheus::MetricFamily made;
  made.name = family.name;
  made.help = family.help;
  made.type = grows ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
  for (const Counters::Value& value : family.values) {
    prometheus::ClientMetric metric;
    if (!family.label_name.empty()) metric.label.push_back({family.label_name, value.label});
    metric.counter.value = value.value;
    metric.gauge.value = value.value;
    made.metric.push_back(std::move(metric));
  }
  return made;
}

}  // namespace

std::string exposition(const std::vector<Counters::Family>& families) {
  std::vector<prometheus::MetricFamily> made;
  made.reserve(families.size());
  for (const Counters::Family& family : families) made.push_back(family_of(family));
  return prometheus::TextSerializer().Serialize(made);
}

}  // namespace keisei::control
