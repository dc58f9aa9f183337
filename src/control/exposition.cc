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

Counters::Family family_of(const std::vector<Notices::State>& states, Counters::Family family,
                           double (*value_of)(const Notices::State&)) {
  family.label_name = "topic";
  for (const Notices::State& state : states) {
    family.values.push_back({state.topic, value_of(state)});
  }
  return family;
}

}  // namespace

std::vector<Counters::Family> families_of(const std::vector<Notices::State>& states) {
  using State = Notices::State;
  using Kind = Counters::Kind;
  if (states.empty()) return {};
  return {
      family_of(states, {"keisei_trouble", "1 while it does not work.", Kind::gauge, {}, {}},
                [](const State& state) { return state.failing ? 1.0 : 0.0; }),
      family_of(
          states,
          {"keisei_trouble_begun_total", "Times that it stopped working.", Kind::counter, {}, {}},
          [](const State& state) { return static_cast<double>(state.failures); }),
      family_of(states,
                {"keisei_happened_total",
                 "Times that something without an end went wrong.",
                 Kind::counter,
                 {},
                 {}},
                [](const State& state) { return static_cast<double>(state.happenings); }),
  };
}

std::string exposition(const std::vector<Counters::Family>& families) {
  std::vector<prometheus::MetricFamily> made;
  made.reserve(families.size());
  for (const Counters::Family& family : families) made.push_back(family_of(family));
  return prometheus::TextSerializer().Serialize(made);
}

}  // namespace keisei::control
