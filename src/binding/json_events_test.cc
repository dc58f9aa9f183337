#include "binding/json_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "binding/fork_safe_hook.h"

namespace keisei::binding {
namespace {

using ::testing::StartsWith;

class JsonEvents : public ::testing::Test {
 protected:
  /// What was wrong; empty when the event was emitted.
  std::string emit(std::string_view name, std::string_view json) {
    const Result<void> emitted = emit_json(name, json, *hook_.get());
    return emitted ? "" : emitted.error().message;
  }
  std::uint64_t emitted() const { return hook_.get()->counters().emitted; }

 private:
  static hook::HookOptions nowhere() {
    hook::HookOptions options;
    options.url = "ws://127.0.0.1:9/ingest";
    options.flush_deadline = std::chrono::milliseconds(0);
    return options;
  }
  ForkSafeHook hook_{nowhere(), protocol::RunStarted{.run_id = "test"}};
};

TEST_F(JsonEvents, EmitEveryKindThatTheHookKnows) {
  EXPECT_EQ(emit("run_started", R"({"run_id":"a","reward":"shaped"})"), "");
  EXPECT_EQ(emit("checkpoint", R"({"update":3,"name":"a.pt"})"), "");
  EXPECT_EQ(
      emit("evaluation", R"({"elo":null,"skills":[{"name":"mate","successes":1,"trials":2}]})"),
      "");
  EXPECT_EQ(emit("game_finished",
                 R"({"game_number":1,"moves":["7g7f"],"winner":"black","reason":"resignation"})"),
            "");
  EXPECT_EQ(emit("ppo_metrics", R"({"update":1,"metrics":{"ppo/entropy":2.5,"grad_norm":null}})"),
            "");
  EXPECT_EQ(emit("move", R"({"game_number":1,"ply":0,"sfen":)"
                         R"("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1",)"
                         R"("usi":"7g7f","probability":0.5,"legal_moves":30})"),
            "");
  EXPECT_EQ(emit("attention", R"({"game_number":1,"ply":0,"block":4,"gates":[0.5,0.25]})"), "");
  EXPECT_EQ(emitted(), hook::kKinds);
}

TEST_F(JsonEvents, RefuseByNameAndEmitNothing) {
  EXPECT_EQ(emit("move", "[]"), "fields: expected an object");
  EXPECT_EQ(emit("tea", "{}"), "event: \"tea\" is no kind of event");
  EXPECT_THAT(emit("checkpoint", "{"), StartsWith("json: "));
  EXPECT_EQ(emit("checkpoint", R"({"name":"a","size":1})"), "fields: one of them is unknown");
  EXPECT_EQ(emit("checkpoint", R"({"name":"a","bytes":1.5})"), "bytes: expected a whole number");
  EXPECT_EQ(emit("checkpoint", R"({"name":"a","bytes":-1})"), "bytes: -1, expected at least 0");
  EXPECT_EQ(emit("evaluation", R"({"skills":[{"name":7}]})"), "skills[0].name: expected a text");
  EXPECT_EQ(emit("ppo_metrics", R"({"metrics":{"luck":1}})"), "metrics: \"luck\" is no metric");
  EXPECT_EQ(emit("ppo_metrics", R"({"metrics":{"entropy":-2}})"),
            "ppo/entropy: -2, expected at least 0");
  EXPECT_EQ(emit("game_finished", R"({"reason":"bored"})").substr(0, 16), "reason: \"bored\",");
  EXPECT_EQ(emitted(), 0U);
}

}  // namespace
}  // namespace keisei::binding
