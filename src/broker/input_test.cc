#include "broker/input.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "protocol/decode.h"
#include "protocol/encode.h"

namespace keisei::broker {
namespace {

// What an input looks like after a journey between two processes.
template <class T>
T sent(const T& input) {
  std::string json;
  protocol::write(json, input);
  T read{};
  protocol::Failure failure;
  EXPECT_TRUE(protocol::read(boost::json::parse(json), read, protocol::Rule{}, failure))
      << failure.message();
  return read;
}

TEST(Input, CrossesProcessesUnchanged) {
  EXPECT_EQ(sent(TrainerOpened{kMaxSession}).session, kMaxSession);
  EXPECT_EQ(sent(TrainerClosed{1}).session, 1);
  EXPECT_EQ(sent(Telemetry{1, R"({"type":"heartbeat"})"}).json, R"({"type":"heartbeat"})");
  EXPECT_EQ(sent(ViewerSaid{"c0ffee", "{}"}).viewer, "c0ffee");
  EXPECT_EQ(sent(OperatorSaid{protocol::Command::resume_streaming}).command,
            protocol::Command::resume_streaming);
  EXPECT_EQ(sent(ChatSaid{"web", "ann", "7g7f"}).text, "7g7f");
  EXPECT_EQ(sent(ViewersCounted{"edge", 3}).viewers, 3);
}

TEST(Input, TellsEveryKindByItsType) {
  std::vector<std::string_view> types;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Input>>(
      [&]<class T>(std::type_identity<T>) { types.push_back(protocol::Description<T>::type); });
  EXPECT_THAT(types,
              ::testing::ElementsAre("trainer_opened", "telemetry", "trainer_closed", "viewer_said",
                                     "operator_said", "chat_said", "viewers_counted"));
}

}  // namespace
}  // namespace keisei::broker
