#include "edge/inbound.h"

#include <boost/asio/post.hpp>
#include <memory>
#include <utility>
#include <variant>

#include "http/operator_token.h"
#include "protocol/codec.h"

namespace keisei::edge {

void Inbound::take(Viewer& viewer, std::string_view json, const Greet& greet) {
  const auto said = protocol::decode_client(json);
  if (!said) return refuse(viewer, Heard::malformed, said.error());
  if (const auto* hello = std::get_if<protocol::Hello>(&*said)) {
    const auto wish = changed(viewer.subscription(), *hello);
    if (!wish) return refuse(viewer, Heard::malformed, wish.error());
    counters_.heard[Heard::hello].add();
    return greet(viewer, *wish);
  }
  if (const auto* control = std::get_if<protocol::Control>(&*said)) {
    if (!http::is_authorized("Bearer " + control->token, operator_token_)) {
      return refuse(viewer, Heard::unauthorized,
                    {"token: not the operator's", "token", ErrorCode::unauthorized});
    }
    const broker::OperatorSaid word{control->command, control->seconds_per_move};
    if (!word.keeps_pace_rule()) {
      return refuse(viewer, Heard::malformed,
                    {std::string(word.kPaceRule), "seconds_per_move", ErrorCode::bad_field});
    }
    return pass_on(viewer, word);
  }
  pass_on(viewer, broker::ViewerSaid{viewer.id(), std::string(json)});
}

void Inbound::pass_on(Viewer& viewer, broker::Input input) {
  counters_.heard[Heard::passed_on].add();
  const std::weak_ptr<Viewer> weak = std::static_pointer_cast<Viewer>(viewer.shared_from_this());
  broker_.submit(std::move(input), [this, weak](const broker::Answer& answer) {
    if (answer) return;
    auto alive = weak.lock();
    if (!alive) return;
    const auto executor = alive->executor();
    boost::asio::post(executor, [this, viewer = std::move(alive)] {
      refuse(*viewer, Heard::unavailable,
             {"the show cannot take this now; try again later", "", ErrorCode::unavailable});
      viewer->flush();
    });
  });
}

void Inbound::refuse(Viewer& viewer, Heard outcome, const Error& error) {
  counters_.heard[outcome].add();
  viewer.refuse(error);
}

}  // namespace keisei::edge
