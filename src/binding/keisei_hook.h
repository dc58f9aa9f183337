/* keisei_hook.h: stream a training run to Keisei Showcase from C, or from any language that can
 * call C. Link with -lkeisei_hook. docs/hook.md says more, with an example.
 *
 * Emitting copies the event into a bounded ring and returns; a thread of the library's own sends
 * it. Nothing here throws, blocks or waits for the network, but keisei_hook_destroy, which takes up
 * to flush_deadline_ms to send what is left.
 *
 * Threads: emit from one thread at a time; counters and last_error from any.
 * Fork: a forked child has no sending thread. There every emit returns KEISEI_HOOK_FORKED and does
 * nothing, and destroy frees nothing; make a hook of the child's own.
 *
 * Structs begin with their size, so that a program built with this header keeps working with a
 * newer library, whose structs may have more members at the end. The init function of a struct sets
 * its size and every default; then fill in what you know. Pointers are borrowed for the call only.
 *
 * Squares of board maps are row * 9 + column: row 0 is rank a, column 0 is file 9, Black's view.
 * Figures that are not known are NaN.
 */
#ifndef KEISEI_HOOK_H
#define KEISEI_HOOK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define KEISEI_HOOK_NOEXCEPT noexcept
#else
#define KEISEI_HOOK_NOEXCEPT
#endif

#if defined(__GNUC__)
#define KEISEI_HOOK_API __attribute__((visibility("default")))
#else
#define KEISEI_HOOK_API
#endif

/* Grows with every addition; the library's file name changes when something is taken away. */
#define KEISEI_HOOK_VERSION 4

typedef struct keisei_hook keisei_hook;

typedef enum keisei_hook_status {
  KEISEI_HOOK_OK = 0,      /* the library has the event, or has counted its loss */
  KEISEI_HOOK_INVALID = 1, /* an argument is wrong; the error text names it */
  KEISEI_HOOK_FORKED = 2,  /* this process is a fork of the one that created the hook */
  KEISEI_HOOK_FAILED = 3   /* out of memory or threads */
} keisei_hook_status;

typedef struct keisei_hook_options {
  size_t size;
  const char* url;           /* ws:// or wss://; "ws://127.0.0.1:8080/ingest" */
  const char* token_file;    /* the operator token's file, read at every connect; NULL: none */
  const char* ca_file;       /* PEM, for wss://; NULL: what the system trusts */
  const char* spill_file;    /* keeps results over an outage, even of this process; NULL: none */
  int64_t flush_deadline_ms; /* how long destroy may still send; 1000 */
  int32_t priority;          /* of the sending thread: 0 idle, 1 lowest (nice 19), 2 normal; 1 */
  int32_t publisher_cpu;     /* the only processor it may run on; -1: any */
  double impact_limit_pct;   /* streams less when it costs training more; 0: never; 1 */
  /* Gets one line when streaming stops working, with the reason, and one when it works again.
   * Called on the sending thread; must return, and may call nothing here. NULL: standard error. */
  void (*tell)(const char* line, void* context);
  void* tell_context;
} keisei_hook_options;

/* Who is training. Sent first on every connection. Critical priority. */
typedef struct keisei_hook_run {
  size_t size;
  const char* run_id;         /* unique over all runs, at most 40 bytes; required */
  const char* name;           /* what viewers read, at most 63 bytes; "" */
  const char* preset;         /* the configuration's name, at most 63 bytes; "" */
  const char* device;         /* "cpu", "cuda:0", at most 31 bytes; "cpu" */
  int64_t parameters;         /* weights of the network; 0 */
  int32_t tower_depth;        /* residual blocks; 0 */
  int32_t tower_width;        /* channels; 0 */
  int32_t environments;       /* games side by side, at least 1; 1 */
  int32_t shaped_reward;      /* not 0: the reward has a shaping term; 0 */
  double shaping_coefficient; /* 0 */
  double clip_epsilon;        /* 0.2 */
  double started_at;          /* seconds since the epoch; 0: now */
} keisei_hook_run;

/* A metric by its name in docs/protocol.md, with or without what comes before the slash. */
typedef struct keisei_hook_metric {
  const char* name; /* "ppo/grad_norm" */
  double value;
} keisei_hook_metric;

/* One PPO update. High priority. */
typedef struct keisei_hook_ppo_metrics {
  size_t size;
  int64_t update;      /* 1 for the first of the run */
  int64_t global_step; /* positions played so far */
  int64_t games;       /* finished games of all environments */
  double policy_loss, value_loss;
  double entropy;              /* positive, nats */
  double entropy_max;          /* mean ln(legal moves), nats */
  double kl_divergence_approx; /* mean of r - 1 - ln r, never negative */
  double clip_fraction;        /* 0 to 1 */
  double learning_rate;
  double explained_variance; /* at most 1 */
  double grad_norm;
  double selfplay_s, update_s; /* seconds */
  double samples_per_s;
  const keisei_hook_metric* other; /* [other_count] that have no member above */
  int32_t other_count;
} keisei_hook_ppo_metrics;

typedef struct keisei_hook_top_move {
  char usi[8];       /* zero-terminated */
  float probability; /* 0 to 1 */
} keisei_hook_top_move;

/* One move of the featured environment, with what the network thought before it. Medium priority.
 */
typedef struct keisei_hook_move {
  size_t size;
  int64_t game_number; /* of the featured environment, from 1 */
  int64_t update;      /* the network that played: after this PPO update */
  int32_t ply;         /* moves played before this one */
  const char* sfen;    /* the position before the move */
  const char* usi;     /* "7g7f"; emit_policy_move fills it in */
  float value;         /* -1 to 1, for the side to move */
  /* The rest is filled in by emit_policy_move. */
  float probability;
  float entropy; /* nats */
  int32_t legal_moves;
  int32_t top_count; /* 0 to 5, most probable first */
  keisei_hook_top_move top[5];
  const float* destinations; /* [81] policy mass by destination, 0 to 1; NULL: none */
} keisei_hook_move;

/* A policy over the actions of Keisei's networks, of which there have been two numberings:
 * 13 527 actions (until March 2026): from * 160 + (to, without `from`) * 2 + promotion for board
 * moves, 12960 + to * 7 + {P L N S G B R} for drops;
 * 11 259 actions (its Rust environment): square * 139 + kind, where kinds 0 to 63 are
 * direction * 8 + distance - 1 (direction 0 straight ahead, then clockwise), 64 to 127 the same
 * with promotion, 128 to 131 the knight's jump to the left, with promotion, to the right, with
 * promotion, and 132 to 138 drops {P L N S G B R} on that square. */
#define KEISEI_HOOK_ACTIONS 13527
#define KEISEI_HOOK_DIRECTION_ACTIONS 11259
typedef struct keisei_hook_policy {
  size_t size;
  const float* values;       /* [action_count]; those of illegal actions are not read */
  const uint8_t* legal_mask; /* [action_count], 0: illegal */
  int32_t action;            /* the one that was played */
  int32_t kind;              /* 0 probabilities (sum to 1), 1 their logarithms, 2 logits; 0 */
  int32_t frame; /* 0 the mover's: squares rotated when White moves; 1 Black's view for both; 0 */
  int64_t action_count; /* how they are numbered: 13527 or 11259; 13527 */
} keisei_hook_policy;

/* A whole game of the featured environment. Critical priority. */
typedef struct keisei_hook_game {
  size_t size;
  int64_t game_number;
  int64_t update;
  const char* start_sfen;   /* the usual starting position */
  const char* const* moves; /* USI */
  int32_t move_count;       /* at most 1024 */
  int32_t winner;           /* 0 Black, 1 White, -1 a draw; -1 */
  const char* reason; /* checkmate, stalemate, repetition, perpetual_check, declaration, impasse,
                         resignation or max_plies; required */
} keisei_hook_game;

/* What the last residual block showed at one position. Low priority. */
typedef struct keisei_hook_attention {
  size_t size;
  int64_t game_number;
  int64_t update;
  int32_t ply;           /* as in the move's event */
  int32_t block;         /* from 1 */
  const float* activity; /* [81], at least 0, Black's view; required */
  const float* gates;    /* [gate_count], 0 to 1 */
  int32_t gate_count;    /* at most 512 */
} keisei_hook_attention;

/* How often the network showed one skill. */
typedef struct keisei_hook_skill {
  const char* name; /* "mate_in_one"; at most 31 bytes */
  int32_t successes, trials;
} keisei_hook_skill;

/* New games against a frozen network of the same run. */
typedef struct keisei_hook_past_score {
  int64_t update;              /* the opponent: as it was after this update */
  int32_t wins, draws, losses; /* of the network that is measured */
} keisei_hook_past_score;

/* New games against a player that is the same in every run; without any it only says where that one
 * stands. */
typedef struct keisei_hook_anchor_score {
  const char* name; /* "random_mover", "capture_greedy", "material_one_ply"; at most 31 bytes */
  int32_t wins, draws, losses; /* of the network that is measured */
  double elo, elo_error;       /* of this player, on the scale of `elo` below; NaN: not known */
} keisei_hook_anchor_score;

/* For how long the run has trained since a frozen network was frozen. */
typedef struct keisei_hook_past_age {
  int64_t update; /* as in past_scores */
  double seconds; /* at least 0 */
} keisei_hook_past_age;

/* How strong the network was found to be. Critical priority. */
typedef struct keisei_hook_evaluation {
  size_t size;
  int64_t update; /* the network that was measured */
  int64_t global_step;
  int32_t random_games;                         /* against a uniformly random mover; 0 */
  double random_score, random_low, random_high; /* 0 to 1, draws count half; 95 % interval */
  double elo, elo_error;           /* against frozen networks of the run; half the interval */
  const keisei_hook_skill* skills; /* [skill_count] */
  int32_t skill_count;             /* at most 16 */
  const keisei_hook_past_score* past_scores;     /* [past_score_count] */
  int32_t past_score_count;                      /* at most 16 */
  const keisei_hook_anchor_score* anchor_scores; /* [anchor_score_count]; since version 4 */
  int32_t anchor_score_count;                    /* at most 8 */
  const keisei_hook_past_age* past_ages;         /* [past_age_count]; since version 4 */
  int32_t past_age_count;                        /* at most 16 */
} keisei_hook_evaluation;

/* A checkpoint was written. High priority. */
typedef struct keisei_hook_checkpoint {
  size_t size;
  int64_t update;
  int64_t global_step;
  int64_t bytes;
  const char* name; /* of the file, without its folder; at most 95 bytes */
} keisei_hook_checkpoint;

/* emitted = acknowledged + dropped + what is still on its way. */
typedef struct keisei_hook_counters {
  size_t size;
  uint64_t emitted;
  uint64_t sent;         /* again after a lost connection */
  uint64_t acknowledged; /* the showcase has them */
  uint64_t dropped, connections, connect_failures;
  int32_t connected;
} keisei_hook_counters;

/* Set the defaults named above. `size` is sizeof(struct):
 *   keisei_hook_move move; keisei_hook_move_init(&move, sizeof move); */
KEISEI_HOOK_API void keisei_hook_options_init(keisei_hook_options*,
                                              size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_run_init(keisei_hook_run*, size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_ppo_metrics_init(keisei_hook_ppo_metrics*,
                                                  size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_move_init(keisei_hook_move*, size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_policy_init(keisei_hook_policy*, size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_game_init(keisei_hook_game*, size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_attention_init(keisei_hook_attention*,
                                                size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_evaluation_init(keisei_hook_evaluation*,
                                                 size_t size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_checkpoint_init(keisei_hook_checkpoint*,
                                                 size_t size) KEISEI_HOOK_NOEXCEPT;

/* KEISEI_HOOK_VERSION of the library that is loaded. */
KEISEI_HOOK_API int keisei_hook_version(void) KEISEI_HOOK_NOEXCEPT;

/* Starts the sending thread; does not wait for a connection. NULL on failure. Wherever there is an
 * `error` of `error_size` bytes, a reason is written there, cut to fit; NULL and 0: not wanted. */
KEISEI_HOOK_API keisei_hook* keisei_hook_create(const keisei_hook_options* options,
                                                const keisei_hook_run* run, char* error,
                                                size_t error_size) KEISEI_HOOK_NOEXCEPT;
/* Sends what is left within the deadline. NULL is allowed. */
KEISEI_HOOK_API void keisei_hook_destroy(keisei_hook*) KEISEI_HOOK_NOEXCEPT;

/* Another run than the one that the hook was created with, for what is emitted from now on: for a
 * process that trains several, one after the other. Its games may count from 1 again. */
KEISEI_HOOK_API keisei_hook_status keisei_hook_emit_run_started(
    keisei_hook*, const keisei_hook_run*, char* error, size_t error_size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API keisei_hook_status
keisei_hook_emit_ppo_metrics(keisei_hook*, const keisei_hook_ppo_metrics*, char* error,
                             size_t error_size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API keisei_hook_status keisei_hook_emit_move(keisei_hook*, const keisei_hook_move*,
                                                         char* error,
                                                         size_t error_size) KEISEI_HOOK_NOEXCEPT;
/* Fills in usi, probability, entropy, legal_moves, top and destinations from the policy. */
KEISEI_HOOK_API keisei_hook_status
keisei_hook_emit_policy_move(keisei_hook*, const keisei_hook_move*, const keisei_hook_policy*,
                             char* error, size_t error_size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API keisei_hook_status keisei_hook_emit_game_finished(
    keisei_hook*, const keisei_hook_game*, char* error, size_t error_size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API keisei_hook_status
keisei_hook_emit_attention(keisei_hook*, const keisei_hook_attention*, char* error,
                           size_t error_size) KEISEI_HOOK_NOEXCEPT;

KEISEI_HOOK_API keisei_hook_status
keisei_hook_emit_evaluation(keisei_hook*, const keisei_hook_evaluation*, char* error,
                            size_t error_size) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API keisei_hook_status
keisei_hook_emit_checkpoint(keisei_hook*, const keisei_hook_checkpoint*, char* error,
                            size_t error_size) KEISEI_HOOK_NOEXCEPT;

/* Any event that the library knows, by name and as a JSON object of its fields, such as
 * "checkpoint" and {"update": 3, "global_step": 9, "name": "a.pt", "bytes": 1}; docs/protocol.md
 * says what a field may hold. Parses and allocates: for what is rare, and for kinds that have no
 * struct above. */
KEISEI_HOOK_API keisei_hook_status keisei_hook_emit_json(keisei_hook*, const char* event,
                                                         const char* json, char* error,
                                                         size_t error_size) KEISEI_HOOK_NOEXCEPT;

/* The measurement of what streaming costs. A trainer that never calls begin_step streams everything
 * and measures nothing. begin_step begins a step of training; if it returns 0, the step's moves and
 * attention will not be streamed and need not be prepared. end_steps: what follows is no step, or
 * one of another kind. set_measuring: whether steps may go unstreamed now and then. */
KEISEI_HOOK_API int keisei_hook_begin_step(keisei_hook*) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_end_steps(keisei_hook*) KEISEI_HOOK_NOEXCEPT;
KEISEI_HOOK_API void keisei_hook_set_measuring(keisei_hook*, int measuring) KEISEI_HOOK_NOEXCEPT;
/* Not 0 while the showcase's operator has stopped the stream. */
KEISEI_HOOK_API int keisei_hook_stopped(const keisei_hook*) KEISEI_HOOK_NOEXCEPT;

/* `counters->size` must be set. All 0 in a forked child. */
KEISEI_HOOK_API void keisei_hook_get_counters(const keisei_hook*,
                                              keisei_hook_counters* counters) KEISEI_HOOK_NOEXCEPT;
/* Why there is no connection; empty while there is one. */
KEISEI_HOOK_API void keisei_hook_last_error(const keisei_hook*, char* error,
                                            size_t error_size) KEISEI_HOOK_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
