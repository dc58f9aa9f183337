#pragma once

#include <array>
#include <string_view>
#include <utility>

/// JKF takes its pieces and endings from CSA, its headings from KIF, and these of its own.
namespace keisei::shogi::jkf {

/// A preset and the handicap that KIF calls so.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kPresets = {{
    {"HIRATE", "平手"},
    {"KY", "香落ち"},
    {"KY_R", "右香落ち"},
    {"KA", "角落ち"},
    {"HI", "飛車落ち"},
    {"HIKY", "飛香落ち"},
    {"2", "二枚落ち"},
    {"3", "三枚落ち"},
    {"4", "四枚落ち"},
    {"5", "五枚落ち"},
    {"5_L", "左五枚落ち"},
    {"6", "六枚落ち"},
    {"7_L", "左七枚落ち"},
    {"7_R", "右七枚落ち"},
    {"8", "八枚落ち"},
    {"10", "十枚落ち"},
}};

inline constexpr std::string_view kBlackName = "先手";
inline constexpr std::string_view kWhiteName = "後手";

/// In a handicap game the sides have these names.
inline constexpr std::string_view kWeakerName = "下手";
inline constexpr std::string_view kStrongerName = "上手";

constexpr bool names_a_player(std::string_view key) {
  return key == kBlackName || key == kWhiteName || key == kWeakerName || key == kStrongerName;
}

}  // namespace keisei::shogi::jkf
