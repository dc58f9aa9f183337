#include "picture.h"

#include <fmt/format.h>

#include <cmath>

namespace {

constexpr double kSide = 360;
constexpr double kLeft = 70;
constexpr double kTop = 44;

double x_of(double share) { return kLeft + share * kSide; }
double y_of(double share) { return kTop + (1 - share) * kSide; }

std::string curve(const Way& way, int games, const char* color) {
  std::string line;
  std::string marks;
  for (const Bin& bin : way.bins) {
    if (bin.weight == 0) continue;
    const double x = x_of(bin.forecast);
    const double y = y_of(bin.score);
    line += fmt::format("{:.1f},{:.1f} ", x, y);
    marks += fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}"/>)", x, y,
                         2.5 + 12 * std::sqrt(bin.weight / games), color);
    marks += '\n';
  }
  return fmt::format(
      "<g opacity=\"0.75\"><polyline points=\"{}\" fill=\"none\" stroke=\"{}\" "
      "stroke-width=\"2\"/>\n{}</g>\n",
      line, color, marks);
}

std::string legend(double y, const char* color, const std::string& words) {
  return fmt::format(
      "<circle cx=\"{0}\" cy=\"{1}\" r=\"6\" fill=\"{2}\"/>"
      "<text x=\"{3}\" y=\"{4}\">{5}</text>\n",
      kLeft + 20, y, color, kLeft + 34, y + 4, words);
}

}  // namespace

std::string picture_of(const Study& study) {
  std::string text = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" font-family=\"sans-serif\" font-size=\"13\">\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
      "<text x=\"{2}\" y=\"24\" font-weight=\"bold\">What forecasts for Black came to, in {3} "
      "games</text>\n",
      kLeft + kSide + 30, kTop + kSide + 60, kLeft, study.games);
  text += fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#bbb\"/>\n", kLeft,
      kTop, kSide, kSide);
  text += fmt::format(
      "<path d=\"M{} {}L{} {}\" stroke=\"#888\" stroke-dasharray=\"5 5\" fill=\"none\"/>\n",
      x_of(0), y_of(0), x_of(1), y_of(1));
  for (const int percent : {0, 25, 50, 75, 100}) {
    text += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                        x_of(percent / 100.0), kTop + kSide + 18, percent);
    text += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", kLeft - 8,
                        y_of(percent / 100.0) + 4, percent);
  }
  text +=
      fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">expected score of 100</text>\n",
                  x_of(0.5), kTop + kSide + 42);
  text += fmt::format(
      "<text transform=\"translate(20 {}) rotate(-90)\" text-anchor=\"middle\">score it came "
      "to</text>\n",
      y_of(0.5));
  constexpr const char* kColors[] = {"#1f6feb", "#d1701a"};
  for (std::size_t i = 0; i < 2 && i < study.ways.size(); ++i) {
    text += curve(study.ways[i], study.games, kColors[i]);
    text += legend(kTop + 20 + 22 * static_cast<double>(i), kColors[i], study.ways[i].name);
  }
  return text + "</svg>\n";
}
