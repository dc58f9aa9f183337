#include "protocol/model.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

#include "protocol/api_answers.h"
#include "protocol/documents.h"
#include "protocol/drop_reason.h"
#include "protocol/http_answers.h"
#include "protocol/ingest_replies.h"
#include "protocol/messages.h"
#include "protocol/queries.h"
#include "protocol/telemetry.h"

namespace keisei::protocol {
namespace {

template <class Models>
bool contains(const Models& models, std::string_view name) {
  return std::any_of(models.begin(), models.end(),
                     [&](const auto& model) { return model.name == name; });
}

template <class T>
void add_struct(ProtocolModel& model);

template <class Enum>
void add_entries(EnumModel&) {}
template <>
void add_entries<Metric>(EnumModel& model) {
  for (const MetricRow& row : kMetricTable) {
    model.entries.push_back({row.trainer_key, row.doc, row.rule});
  }
}

/// The model of a member's type; what it is made of is added to `model` first.
template <class T>
struct TypeOf {
  static TypeModel make(ProtocolModel& model) {
    if constexpr (std::is_same_v<T, bool>) {
      return {.kind = Kind::boolean};
    } else if constexpr (std::is_integral_v<T>) {
      return {.kind = Kind::integer};
    } else if constexpr (std::is_floating_point_v<T>) {
      return {.kind = Kind::number};
    } else if constexpr (std::is_same_v<T, std::string>) {
      return {.kind = Kind::text};
    } else if constexpr (std::is_same_v<T, Series>) {
      return {.kind = Kind::series};
    } else if constexpr (std::is_same_v<T, BoardMap>) {
      return {.kind = Kind::board_map};
    } else if constexpr (std::is_enum_v<T>) {
      constexpr std::string_view kName = EnumDescription<T>::name;
      constexpr auto kNames = enumerator_names<T>();
      if (!contains(model.enums, kName)) {
        model.enums.push_back({kName, EnumDescription<T>::doc, {kNames.begin(), kNames.end()}});
        add_entries<T>(model.enums.back());
      }
      return {.kind = Kind::enumeration, .name = kName};
    } else {
      add_struct<T>(model);
      return {.kind = Kind::part, .name = Description<T>::name};
    }
  }
};
template <class T>
struct TypeOf<std::optional<T>> {
  static TypeModel make(ProtocolModel& model) {
    TypeModel type = TypeOf<T>::make(model);
    type.optional = true;
    return type;
  }
};
template <class T>
struct TypeOf<std::vector<T>> {
  static TypeModel make(ProtocolModel& model) {
    return {.kind = Kind::list, .item = std::make_shared<TypeModel>(TypeOf<T>::make(model))};
  }
};
template <class Enum, class T>
struct TypeOf<EnumMap<Enum, T>> {
  static TypeModel make(ProtocolModel& model) {
    return {.kind = Kind::enum_map,
            .name = TypeOf<Enum>::make(model).name,
            .item = std::make_shared<TypeModel>(TypeOf<T>::make(model))};
  }
};
template <class T>
struct TypeOf<std::map<std::string, T>> {
  static TypeModel make(ProtocolModel& model) {
    return {.kind = Kind::map, .item = std::make_shared<TypeModel>(TypeOf<T>::make(model))};
  }
};

template <class T>
void add_struct(ProtocolModel& model) {
  using D = Description<T>;
  if (contains(model.structs, D::name)) return;
  StructModel result{D::name, D::type, D::sender, D::doc, {}, std::nullopt};
  if constexpr (D::sender == Sender::server) result.route = D::route;
  const auto add_field = [&]<class M>(const Field<T, M>& field) {
    result.fields.push_back({field.name, field.doc, field.rule, TypeOf<M>::make(model)});
  };
  std::apply([&](const auto&... fields) { (add_field(fields), ...); }, D::fields);
  model.structs.push_back(std::move(result));
}

template <class... T>
void add_messages(ProtocolModel& model, MessageList<T...>) {
  (add_struct<T>(model), ...);
}

template <class... T>
void add_answers(ProtocolModel& model, MessageList<T...> answers) {
  add_messages(model, answers);
  for (StructModel& s : model.structs) {
    s.is_answer = s.is_answer || ((s.name == Description<T>::name) || ...);
  }
}

}  // namespace

ProtocolModel protocol_model() {
  ProtocolModel model;
  // Words that only descriptions use.
  (void)TypeOf<Channel>::make(model);
  (void)TypeOf<Delivery>::make(model);
  (void)TypeOf<Audience>::make(model);
  (void)TypeOf<CloseReason>::make(model);
  (void)TypeOf<DropReason>::make(model);
  add_messages(model, ClientMessages{});
  add_messages(model, ServerMessages{});
  add_messages(model, TelemetryMessages{});
  add_messages(model, IngestReplies{});
  add_answers(model, HttpAnswers{});
  return model;
}

ProtocolModel api_model() {
  ProtocolModel model = protocol_model();
  add_messages(model, MessageList<VariantQuery, GamesQuery, MilestonesQuery, GameQuery, FramesQuery,
                                  GamePath, GameFilePath>{});
  add_messages(model, MessageList<EdgeHealth, Readiness, OperatorHealth, ProblemDetails, ShowStatus,
                                  StreamingWish, GameWish>{});
  return model;
}

}  // namespace keisei::protocol
