#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "protocol/api_answers.h"
#include "protocol/http_answers.h"
#include "protocol/public_api.h"
#include "protocol/queries.h"

/// All that the two ports answer, described once: the servers take their paths from here and read
/// what is asked by these structs, docs/openapi.json and docs/asyncapi.json are written from here.
namespace keisei::protocol {

/// Of the public API; rises with what would break its readers.
inline constexpr std::string_view kApiVersion = "1.0.0";

enum class Port { everyone, operators, both };
enum class Verb { get, post };

/// What an answer says of keeping it.
enum class Caching {
  never,     // Cache-Control: no-store
  ask_anew,  // an ETag, and Cache-Control: no-cache
  when_past  // the same; an hour if what was asked for lies in the past
};

/// A problem (RFC 9457) that an answer may be.
struct Refusal {
  int status;
  std::string_view why;
  bool says_when = false;  // to try again: Retry-After
};

/// Questions below `/api/` of one address in a second, and how many at once.
inline constexpr int kQuestionsPerSecond = 50;
inline constexpr int kQuestionsAtOnce = 100;
/// What may wait for an answer of one of the clerks, of one address and of all.
inline constexpr std::size_t kMostQuestionsOfOne = 8;
inline constexpr std::size_t kMostQuestions = 32;
/// The operator's words: how often, how many at once, and bytes of one.
inline constexpr int kWordsPerSecond = 5;
inline constexpr int kWordsAtOnce = 10;
inline constexpr std::size_t kLongestWord = 256;

struct Operation {
  std::string_view id;
  Verb verb = Verb::get;
  std::string_view path;  // "/api/v1/games/{run}/{game}"
  Port port = Port::everyone;
  std::string_view doc;
  // Names of described structs; empty if there is none.
  std::string_view in_path = "";
  std::string_view query = "";
  std::string_view body = "";
  std::string_view answer = "";
  std::string_view operators_answer = "";  // where the two ports differ
  /// Where the answer is nothing that is described: what it may be.
  std::span<const std::string_view> media_types = {};
  Caching caching = Caching::never;
  bool is_attachment = false;
  std::span<const Refusal> refusals = {};

  /// What a router knows it by: the path, or up to its first variable the folder.
  constexpr std::string_view route() const { return path.substr(0, path.find('{')); }
};

template <class T>
inline constexpr std::string_view kNameOf = Description<T>::name;

namespace detail {

static_assert(kQuestionsPerSecond == 50 && kQuestionsAtOnce == 100 && kMostQuestionsOfOne == 8 &&
                  kMostQuestions == 32 && kWordsPerSecond == 5 && kWordsAtOnce == 10 &&
                  kLongestWord == 256,
              "as told below");
inline constexpr Refusal kBadQuery{
    400, "A parameter is missing, not known, given twice, or of a value that there is not."};
inline constexpr Refusal kTooManyOfOne{
    429, "8 questions of this address wait already, or it asks too often; this machine is exempt.",
    true};
inline constexpr Refusal kTooOften{
    429,
    "More than 50 questions a second of this address, after 100 at once; this machine is exempt.",
    true};
inline constexpr Refusal kForeignPage{403, "The page is of another origin (`--allow-origin`)."};
inline constexpr Refusal kForeignHost{421, "The show does not go by this name (`--allow-host`)."};
inline constexpr Refusal kNotNow{
    503, "32 questions wait already, the show begins or ends, or it keeps nothing.", true};

inline constexpr std::array kOfNewest = {
    kBadQuery, Refusal{404, "There is none yet: no run has been heard of."}};
inline constexpr std::array kOfRange = {Refusal{404, "There is no past, or none yet."}};
inline constexpr std::array kOfFrames = {
    kBadQuery, Refusal{404, "`from` is not in the range, or there is no past."}, kTooManyOfOne,
    kNotNow};
inline constexpr std::array kOfList = {kBadQuery, kTooManyOfOne, kNotNow};
inline constexpr std::array kOfGame = {
    kBadQuery, Refusal{404, "No such game is kept; `detail` says if it is being played."},
    kTooManyOfOne, kNotNow};
inline constexpr std::array kOfEvents = {
    kBadQuery, Refusal{503, "There are too many viewers, or too many from this address."}};
inline constexpr std::array kOfReadiness = {
    Refusal{503, "They may not yet, or not any more.", true}};
inline constexpr std::array kOfWord = {
    Refusal{400, "The body is no JSON, or `field` is missing, of the wrong type or out of range."},
    Refusal{413, "The body is over 256 bytes."},
    Refusal{429, "More than 5 words a second, after 10 at once."},
    Refusal{503, "The studio cannot take it now."}};

inline constexpr std::array<std::string_view, 1> kLines = {"application/x-ndjson"};
inline constexpr std::array<std::string_view, 1> kEventStream = {"text/event-stream"};
inline constexpr std::array<std::string_view, 1> kExposition = {
    "text/plain; version=0.0.4; charset=utf-8"};
inline constexpr std::array<std::string_view, 2> kRecords = {"text/plain; charset=utf-8",
                                                             "application/json"};

}  // namespace detail

inline constexpr Operation kRangeOperation{.id = "getRange",
                                           .path = "/api/v1/range",
                                           .doc = "The moments that can be looked back at.",
                                           .answer = kNameOf<PastRange>,
                                           .caching = Caching::ask_anew,
                                           .refusals = detail::kOfRange};

inline constexpr Operation kFramesOperation{
    .id = "getFrames",
    .path = "/api/v1/frames",
    .doc =
        "Messages as they were sent, one a line: first what was on air at `from`, then what came "
        "after it, up to `to`.",
    .query = kNameOf<FramesQuery>,
    .media_types = detail::kLines,
    .caching = Caching::when_past,
    .refusals = detail::kOfFrames};

inline constexpr Operation kGamesOperation{.id = "listGames",
                                           .path = "/api/v1/games",
                                           .doc =
                                               "Finished games, of every run unless one is "
                                               "asked for.",
                                           .query = kNameOf<GamesQuery>,
                                           .answer = kNameOf<GameList>,
                                           .caching = Caching::ask_anew,
                                           .refusals = detail::kOfList};

inline constexpr Operation kGameOperation{.id = "getGame",
                                          .path = "/api/v1/games/{run}/{game}",
                                          .doc = "A finished game with what the network thought.",
                                          .in_path = kNameOf<GamePath>,
                                          .query = kNameOf<GameQuery>,
                                          .answer = kNameOf<ArchivedGame>,
                                          .caching = Caching::ask_anew,
                                          .refusals = detail::kOfGame};

inline constexpr Operation kGameFileOperation{.id = "getGameFile",
                                              .path = "/api/v1/games/{run}/{game}.{format}",
                                              .doc =
                                                  "The same as a file that other programs read; "
                                                  "`jkf` is JSON, the others are text.",
                                              .in_path = kNameOf<GameFilePath>,
                                              .query = kNameOf<GameQuery>,
                                              .media_types = detail::kRecords,
                                              .caching = Caching::ask_anew,
                                              .is_attachment = true,
                                              .refusals = detail::kOfGame};

inline constexpr Operation kMilestonesOperation{.id = "listMilestones",
                                                .path = "/api/v1/milestones",
                                                .doc =
                                                    "What the runs have reached, the newest "
                                                    "first.",
                                                .query = kNameOf<MilestonesQuery>,
                                                .answer = kNameOf<MilestoneList>,
                                                .caching = Caching::ask_anew,
                                                .refusals = detail::kOfList};

inline constexpr Operation kEventsOperation{
    .id = "streamEvents",
    .path = "/events",
    .doc =
        "The show as server-sent events, one message each, where WebSockets are broken; "
        "docs/asyncapi.json says which.",
    .query = kNameOf<Hello>,
    .media_types = detail::kEventStream,
    .refusals = detail::kOfEvents};

inline constexpr Operation kHealthOperation{.id = "getHealth",
                                            .path = "/healthz",
                                            .port = Port::both,
                                            .doc = "That the port lives.",
                                            .answer = kNameOf<EdgeHealth>,
                                            .operators_answer = kNameOf<OperatorHealth>};

inline constexpr Operation kReadinessOperation{
    .id = "getReadiness",
    .path = "/readyz",
    .doc = "That viewers may come: a studio has been heard, and the show is not ending.",
    .answer = kNameOf<Readiness>,
    .refusals = detail::kOfReadiness};

inline constexpr Operation kOpenApiOperation{.id = "getOpenApi",
                                             .path = "/api/openapi.json",
                                             .doc = "This document.",
                                             .answer = "Document",
                                             .caching = Caching::ask_anew};

inline constexpr Operation kAsyncApiOperation{.id = "getAsyncApi",
                                              .path = "/api/asyncapi.json",
                                              .doc =
                                                  "The same of what is said over connections "
                                                  "that stay: AsyncAPI 3.",
                                              .answer = "Document",
                                              .caching = Caching::ask_anew};

inline constexpr Operation kStatusOperation{.id = "getStatus",
                                            .path = "/api/v1/status",
                                            .port = Port::operators,
                                            .doc = "How the show is, and what does not work.",
                                            .answer = kNameOf<ShowStatus>};

inline constexpr Operation kStreamingOperation{.id = "setStreaming",
                                               .verb = Verb::post,
                                               .path = "/api/v1/streaming",
                                               .port = Port::operators,
                                               .doc =
                                                   "Stops and resumes what training streams. "
                                                   "Answered when the studio has taken it.",
                                               .body = kNameOf<StreamingWish>,
                                               .refusals = detail::kOfWord};

inline constexpr Operation kCommandOperation{.id = "commandGame",
                                             .verb = Verb::post,
                                             .path = "/api/v1/game",
                                             .port = Port::operators,
                                             .doc =
                                                 "Says what becomes of the game on screen. "
                                                 "Answered when the studio has taken it.",
                                             .body = kNameOf<GameWish>,
                                             .refusals = detail::kOfWord};

inline constexpr Operation kMetricsOperation{.id = "getMetrics",
                                             .path = "/metrics",
                                             .port = Port::operators,
                                             .doc = "What is counted, for Prometheus.",
                                             .media_types = detail::kExposition};

/// The newest message of a type is at `/api/v1/<name>` (public_api.h): what these share.
inline constexpr Operation kNewestOperation{
    .id = "getNewest",
    .path = kPublicApi,
    .doc = "The newest of its kind, as viewers get it: the `data` of its message.",
    .query = kNameOf<VariantQuery>,
    .caching = Caching::ask_anew,
    .refusals = detail::kOfNewest};

/// All but those of kReadable.
inline constexpr std::array kOperations = {
    kRangeOperation,     kFramesOperation,     kGamesOperation,    kGameOperation,
    kGameFileOperation,  kMilestonesOperation, kEventsOperation,   kHealthOperation,
    kReadinessOperation, kOpenApiOperation,    kAsyncApiOperation, kStatusOperation,
    kStreamingOperation, kCommandOperation,    kMetricsOperation};

/// Where connections stay, and messages go both ways.
inline constexpr std::string_view kViewersAddress = "/ws";
inline constexpr std::string_view kTrainersAddress = "/ingest";

/// Whether what a port answers at a router's route is described.
bool is_described(Port port, Verb verb, std::string_view route);

}  // namespace keisei::protocol
