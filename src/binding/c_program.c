/* A training process in C: connects, emits one event of each kind and says what became of them.
 * Also docs/hook.md's example. Usage: c_program URL TOKEN_FILE */
#include <keisei_hook.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char error[256];

/* Every refusal below is expected; any other one ends the program. */
static void must(keisei_hook_status status, const char* what) {
  if (status == KEISEI_HOOK_OK) return;
  fprintf(stderr, "%s: %s\n", what, error);
  exit(1);
}

static void emit_one_of_each(keisei_hook* hook) {
  static float policy[KEISEI_HOOK_ACTIONS];
  static uint8_t legal[KEISEI_HOOK_ACTIONS];
  static const char* const moves[] = {"7g7f", "3c3d", "8h2b+"};
  static const keisei_hook_metric other[] = {{"time/update_s", 1.5}};
  float activity[81] = {0};
  float gates[4] = {0.25F, 0.5F, 0.75F, 1.0F};

  keisei_hook_ppo_metrics metrics;
  keisei_hook_ppo_metrics_init(&metrics, sizeof metrics);
  metrics.update = 3;
  metrics.global_step = 4096;
  metrics.entropy = 2.5;
  metrics.other = other;
  metrics.other_count = 1;
  must(keisei_hook_emit_ppo_metrics(hook, &metrics, error, sizeof error), "metrics");

  keisei_hook_move move;
  keisei_hook_move_init(&move, sizeof move);
  move.game_number = 1;
  move.sfen = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
  move.value = 0.25F;
  keisei_hook_policy known;
  keisei_hook_policy_init(&known, sizeof known);
  policy[9054] = 0.75F; /* 7g7f */
  policy[10334] = 0.25F;
  legal[9054] = legal[10334] = 1;
  known.values = policy;
  known.legal_mask = legal;
  known.action = 9054;
  must(keisei_hook_emit_policy_move(hook, &move, &known, error, sizeof error), "policy move");

  keisei_hook_move_init(&move, sizeof move);
  move.game_number = 1;
  move.ply = 1;
  move.sfen = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2";
  move.usi = "3c3d";
  must(keisei_hook_emit_move(hook, &move, error, sizeof error), "move");

  /* As Keisei's Rust environment numbers its actions: 64 * 139 is 8h, 77 six squares ahead to the
   * right, with promotion. */
  keisei_hook_move_init(&move, sizeof move);
  move.game_number = 1;
  move.ply = 2;
  move.sfen = "lnsgkgsnl/1r5b1/pppppp1pp/6p2/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL b - 3";
  keisei_hook_policy_init(&known, sizeof known);
  known.action_count = KEISEI_HOOK_DIRECTION_ACTIONS;
  known.action = 64 * 139 + 77;
  policy[known.action] = 1.0F;
  legal[known.action] = 1;
  known.values = policy;
  known.legal_mask = legal;
  legal[9054] = legal[10334] = 0;
  must(keisei_hook_emit_policy_move(hook, &move, &known, error, sizeof error), "direction move");

  keisei_hook_game game;
  keisei_hook_game_init(&game, sizeof game);
  game.game_number = 1;
  game.moves = moves;
  game.move_count = 3;
  game.winner = 0;
  game.reason = "resignation";
  must(keisei_hook_emit_game_finished(hook, &game, error, sizeof error), "game");

  keisei_hook_attention attention;
  keisei_hook_attention_init(&attention, sizeof attention);
  activity[40] = 1.5F;
  attention.game_number = 1;
  attention.block = 2;
  attention.activity = activity;
  attention.gates = gates;
  attention.gate_count = 4;
  must(keisei_hook_emit_attention(hook, &attention, error, sizeof error), "attention");

  keisei_hook_skill skill = {"mate_in_one", 3, 10};
  keisei_hook_evaluation evaluation;
  keisei_hook_evaluation_init(&evaluation, sizeof evaluation);
  evaluation.update = 3;
  evaluation.elo = 1512.0;
  evaluation.skills = &skill;
  evaluation.skill_count = 1;
  keisei_hook_past_score past = {1, 20, 5, 15};
  evaluation.past_scores = &past;
  evaluation.past_score_count = 1;
  keisei_hook_anchor_score greedy = {"capture_greedy", 30, 2, 8, 310.5, 12.0};
  evaluation.anchor_scores = &greedy;
  evaluation.anchor_score_count = 1;
  keisei_hook_past_age age = {1, 3300.0};
  evaluation.past_ages = &age;
  evaluation.past_age_count = 1;
  must(keisei_hook_emit_evaluation(hook, &evaluation, error, sizeof error), "evaluation");

  keisei_hook_checkpoint checkpoint;
  keisei_hook_checkpoint_init(&checkpoint, sizeof checkpoint);
  checkpoint.update = 3;
  checkpoint.name = "checkpoint-3";
  checkpoint.bytes = 1048576;
  must(keisei_hook_emit_checkpoint(hook, &checkpoint, error, sizeof error), "checkpoint");

  keisei_hook_run run;
  keisei_hook_run_init(&run, sizeof run);
  run.run_id = "c-program-2";
  run.name = "The next run in C";
  must(keisei_hook_emit_run_started(hook, &run, error, sizeof error), "run");

  /* The same without a struct. */
  must(keisei_hook_emit_json(hook, "checkpoint",
                             "{\"update\":4,\"global_step\":8192,\"name\":\"checkpoint-4\","
                             "\"bytes\":1}",
                             error, sizeof error),
       "checkpoint as JSON");

  /* What is wrong is refused, by name, and nothing is sent. */
  metrics.update = -1;
  if (keisei_hook_emit_ppo_metrics(hook, &metrics, error, sizeof error) != KEISEI_HOOK_INVALID) {
    exit(1);
  }
  printf("%s\n", error);
  metrics.update = 3;
  metrics.entropy = -2.0;
  if (keisei_hook_emit_ppo_metrics(hook, &metrics, error, sizeof error) != KEISEI_HOOK_INVALID) {
    exit(1);
  }
  printf("%s\n", error);
  known.action_count = 100;
  if (keisei_hook_emit_policy_move(hook, &move, &known, error, sizeof error) !=
      KEISEI_HOOK_INVALID) {
    exit(1);
  }
  printf("%s\n", error);
  move.usi = "3z3d";
  if (keisei_hook_emit_move(hook, &move, error, sizeof error) != KEISEI_HOOK_INVALID) exit(1);
  printf("%s\n", error);
  run.environments = 0;
  if (keisei_hook_emit_run_started(hook, &run, error, sizeof error) != KEISEI_HOOK_INVALID) {
    exit(1);
  }
  printf("%s\n", error);
}

int main(int argc, char** argv) {
  keisei_hook_options options;
  keisei_hook_run run;
  keisei_hook_counters counters;
  keisei_hook* hook = NULL;
  if (argc != 3) return 2;

  keisei_hook_options_init(&options, sizeof options);
  options.url = argv[1];
  options.token_file = argv[2];
  options.flush_deadline_ms = 30000; /* whatever else the machine does: all of it is to arrive */
  options.priority = 2;
  keisei_hook_run_init(&run, sizeof run);
  run.run_id = "c-program";
  run.name = "A run in C";
  hook = keisei_hook_create(&options, &run, error, sizeof error);
  if (hook == NULL) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  emit_one_of_each(hook);
  counters.size = sizeof counters;
  keisei_hook_get_counters(hook, &counters);
  printf("emitted %d\n", (int)counters.emitted);
  keisei_hook_destroy(hook); /* sends what is left */
  return 0;
}
