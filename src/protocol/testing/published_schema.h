#pragma once

#include <gtest/gtest.h>

#include <string_view>

namespace keisei::protocol::testing {

/// Whether a text is a message as docs/protocol.schema.json describes it, the file that others read
/// to write their programs; if not, where it differs. Thread-safe.
///
///     EXPECT_TRUE(follows_schema(frame));
::testing::AssertionResult follows_schema(std::string_view text);

}  // namespace keisei::protocol::testing
