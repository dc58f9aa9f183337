#include "protocol/drop_reason.h"

#include <gtest/gtest.h>

namespace keisei::protocol {
namespace {

TEST(DropReason, IsFoundInItsKey) {
  for (const DropReason reason : enumerators<DropReason>()) {
    EXPECT_EQ(drop_reason_of(drop_key("move", reason)), reason);
  }
}

TEST(DropReason, IsNotMadeOutOfAnUnknownWord) {
  EXPECT_EQ(drop_reason_of("move/boredom"), std::nullopt);
  EXPECT_EQ(drop_reason_of(""), std::nullopt);
}

}  // namespace
}  // namespace keisei::protocol
