#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

#include "training_hook.h"

/// What Python is told of the emit_… methods that take nothing but the fields of their event.
namespace keisei::python {

template <class Event>
inline constexpr bool kIsItsFields = !boost::mp11::mp_contains<
    boost::mp11::mp_list<hook::MetricsEvent, hook::MoveEvent, hook::RunStartedEvent>, Event>::value;

/// "emit_checkpoint($self, *, update, global_step, bytes, name)", and what the protocol says of it.
template <class Event>
const char* doc_of() {
  static const std::string doc = [] {
    std::string text = fmt::format("{}($self, *", method_of<Event>());
    boost::mp11::mp_for_each<hook::MembersOf<Event>>([&](auto member) {
      text += fmt::format(", {}{}", member.name, is_required<Event>(member.name) ? "" : "=None");
    });
    return text + ")\n--\n\n" + std::string(protocol::Description<hook::MessageOf<Event>>::doc);
  }();
  return doc.c_str();
}

// The type that a field has in _core.pyi: one for each `read_field`.
template <class Field>
struct Annotation {
  static std::string text() {
    if constexpr (std::is_enum_v<Field>) {
      std::string names;
      for (const std::string_view one : protocol::enumerator_names<Field>()) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", one);
      }
      return fmt::format("Literal[{}]", names);
    } else if constexpr (std::is_integral_v<Field>) {
      return "int";
    } else if constexpr (std::is_floating_point_v<Field>) {
      return "Number";
    } else if constexpr (hook::Listed<Field>) {
      return fmt::format("Tuple[{}]", members());
    } else if constexpr (std::is_same_v<Field, hook::BoardMap>) {
      return "Array";
    } else {
      static_assert(
          requires(const Field& field) { field.view(); }, "no type for _core.pyi");
      return "str";
    }
  }
  static std::string members() {
    std::string types;
    boost::mp11::mp_for_each<hook::MembersOf<Field>>([&]<class Member>(Member) {
      using Value = std::remove_cvref_t<decltype(std::declval<Field>().*Member::pointer)>;
      types += (types.empty() ? "" : ", ") + Annotation<Value>::text();
    });
    return types;
  }
};
template <class Enum>
struct Annotation<std::optional<Enum>> {
  static std::string text() { return fmt::format("Optional[{}]", Annotation<Enum>::text()); }
};
template <class Item, int kMost>
struct Annotation<hook::List<Item, kMost>> {
  static std::string text() {
    if constexpr (std::is_same_v<Item, float>) return "Array";
    const std::string items = fmt::format("Iterable[{}]", Annotation<Item>::text());
    if constexpr (!hook::Listed<Item>) return items;
    // The key of a dict is the first of them.
    return fmt::format("Union[{}, Mapping[str, Tuple[Any, ...]]]", items);
  }
};

/// The method in _core.pyi.
template <class Event>
std::string stub_of() {
  std::string text = fmt::format("    def {}(\n        self,\n        *,\n", method_of<Event>());
  boost::mp11::mp_for_each<hook::MembersOf<Event>>([&]<class Member>(Member member) {
    using Value = std::remove_cvref_t<decltype(std::declval<Event>().*Member::pointer)>;
    text += fmt::format("        {}: {}{},\n", member.name, Annotation<Value>::text(),
                        is_required<Event>(member.name) ? "" : " = ...");
  });
  return text + "    ) -> None: ...\n";
}

template <class... Event>
std::string stubs_of(std::tuple<Event...>*) {
  std::string text;
  const auto add = [&text]<class One>(One*) {
    if constexpr (kIsItsFields<One>) text += stub_of<One>();
  };
  (add(static_cast<Event*>(nullptr)), ...);
  return text;
}

}  // namespace keisei::python
