#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "arguments.h"
#include "binding/event_checks.h"
#include "call_arguments.h"
#include "hook/events/matched_fields.h"

/// From Python's arguments to the fields of events: one `read_field` for each type that a field may
/// have. What has the wrong type, shape or name is raised here; ranges are checked afterwards
/// (binding::check).
namespace keisei::python {

inline void read_field(const char* argument, py::handle value, std::int64_t& to) {
  to = integer(argument, value);
}
inline void read_field(const char* argument, py::handle value, std::int32_t& to) {
  const std::int64_t given = integer(argument, value);
  if (!std::in_range<std::int32_t>(given)) {
    raise_value(fmt::format("{}: {}, out of range", argument, given));
  }
  to = static_cast<std::int32_t>(given);
}
template <std::floating_point Number>
void read_field(const char* argument, py::handle value, Number& to) {
  to = static_cast<Number>(number(argument, value));
}
template <std::size_t kSize>
void read_field(const char* argument, py::handle value, hook::Text<kSize>& to) {
  raise_if(binding::copy_text(argument, text(argument, value), to));
}
template <class Enum>
requires std::is_enum_v<Enum>
void read_field(const char* argument, py::handle value, Enum& to) {
  raise_if(binding::choose(argument, text(argument, value), to));
}
template <class Enum>
void read_field(const char* argument, py::handle value, std::optional<Enum>& to) {
  read_field(argument, value, to.emplace());
}
inline void read_field(const char* argument, py::handle value, hook::BoardMap& to) {
  Floats(argument, value).copy_to(to);
}
template <int kMost>
void read_field(const char* argument, py::handle value, hook::List<float, kMost>& to) {
  const Floats values(argument, value);
  if (values.size() > to.items.size()) {
    raise_value(
        fmt::format("{}: shape {}, expected at most {} values", argument, values.shape(), kMost));
  }
  values.copy_to(std::span(to.items).first(values.size()));
  to.count = static_cast<std::int32_t>(values.size());
}
/// A part of an event is a tuple of its fields.
template <hook::Listed Part>
void read_field(const char* argument, py::handle value, Part& to) {
  constexpr auto kFields =
      static_cast<Py_ssize_t>(boost::mp11::mp_size<hook::MembersOf<Part>>::value);
  if (PyTuple_Check(value.ptr()) == 0 || PyTuple_GET_SIZE(value.ptr()) != kFields) {
    std::string names;
    boost::mp11::mp_for_each<hook::MembersOf<Part>>(
        [&](auto member) { names += fmt::format("{}{}", names.empty() ? "" : ", ", member.name); });
    raise_type(argument, fmt::format("tuples of {}", names), value);
  }
  Py_ssize_t at = 0;
  boost::mp11::mp_for_each<hook::MembersOf<Part>>([&](auto member) {
    read_field(argument, PyTuple_GET_ITEM(value.ptr(), at++), to.*member.pointer);
  });
}
/// An iterable; a dict is one of tuples that begin with the key.
template <class Item, int kMost>
void read_field(const char* argument, py::handle value, hook::List<Item, kMost>& to) {
  if (PyUnicode_Check(value.ptr()) != 0) raise_type(argument, "a sequence", value);
  to.count = 0;
  const auto add = [&](py::handle item) {
    if (to.count == kMost) {
      raise_value(fmt::format("{0}: more than {1}, expected at most {1}", argument, kMost));
    }
    read_field(argument, item, to.items[static_cast<std::size_t>(to.count)]);
    ++to.count;
  };
  if (PyDict_Check(value.ptr()) == 0) {
    for (const py::handle item : py::iter(value)) add(item);
    return;
  }
  for (const auto& [key, rest] : py::reinterpret_borrow<py::dict>(value)) {
    if (PyTuple_Check(rest.ptr()) == 0) raise_type(argument, "tuples", rest);
    add(py::make_tuple(key) + py::reinterpret_borrow<py::tuple>(rest));
  }
}

template <class Event>
inline constexpr std::size_t kFieldsOf = boost::mp11::mp_size<hook::MembersOf<Event>>::value;

template <class Event>
bool is_required(std::string_view field) {
  for (std::string_view rest = hook::kRowOf<Event>.required; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, end) == field) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

/// The event of `emit_…(field=…)`, by the names of its fields.
template <class Event>
void read_event(const char* method, const Call& call, Event& event) {
  static const Signature<kFieldsOf<Event>> signature = [method] {
    std::array<const char*, kFieldsOf<Event>> names{};
    std::size_t i = 0;
    boost::mp11::mp_for_each<hook::MembersOf<Event>>(
        [&](auto member) { names[i++] = member.name; });
    return Signature<kFieldsOf<Event>>(method, 0, names);
  }();
  const Arguments<kFieldsOf<Event>> arguments(signature, call);
  event = {};
  std::size_t i = 0;
  boost::mp11::mp_for_each<hook::MembersOf<Event>>([&](auto member) {
    const std::size_t index = i++;
    if (is_required<Event>(member.name)) arguments.require(index);
    const py::handle value = arguments.get(index);
    if (value) read_field(member.name, value, event.*member.pointer);
  });
}

}  // namespace keisei::python
