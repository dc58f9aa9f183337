PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  run_started TEXT,          -- the newest; null until one could be kept
  heard INTEGER NOT NULL,    -- the run that was heard of last has the most
  segment INTEGER NOT NULL,  -- the newest
  games INTEGER NOT NULL     -- finished ones, also those that are no longer kept
, latest_number INTEGER NOT NULL DEFAULT 0, whole INTEGER NOT NULL DEFAULT 1) STRICT;
INSERT INTO runs VALUES(1,'run','{"type":"run_started","timestamp":0,"seq":0,"data":{"run_id":"run","name":"Name of run","preset":"demo","device":"cpu","parameters":12345,"tower_depth":2,"tower_width":32,"reward":"shaped","shaping_coefficient":0.5,"clip_epsilon":0.2,"environments":64,"started_at":1763848000.25}}',1,2,1,3,0);
CREATE TABLE metric_sets (
  id INTEGER PRIMARY KEY,
  names BLOB NOT NULL UNIQUE
) STRICT;
INSERT INTO metric_sets VALUES(1,X'03656c6f0670706f2f6b6c');
CREATE TABLE updates (
  id INTEGER PRIMARY KEY,  -- rises in the order in which they were learned
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  emitted_at REAL NOT NULL,
  segment INTEGER NOT NULL,
  global_step INTEGER NOT NULL,
  games INTEGER NOT NULL,
  metric_set INTEGER NOT NULL REFERENCES metric_sets,
  metrics BLOB NOT NULL,
  UNIQUE (run, number, emitted_at)
) STRICT;
INSERT INTO updates VALUES(1,1,1,1763848001.5,1,1024,0,1,X'000000000000f87f7b14ae47e17a843f');
INSERT INTO updates VALUES(2,1,1,1763849001.0,2,1024,0,1,X'000000000000f87f7b14ae47e17a843f');
CREATE TABLE games (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  game_id TEXT NOT NULL,
  identity INTEGER NOT NULL,  -- of start, moves and result: who ends a game twice has two
  segment INTEGER NOT NULL,
  number INTEGER NOT NULL,
  of_update INTEGER NOT NULL,
  start_sfen TEXT,            -- null for the usual one
  winner TEXT,
  reason TEXT NOT NULL,
  emitted_at REAL NOT NULL,
  moves BLOB NOT NULL, plies INTEGER NOT NULL DEFAULT 0, openings TEXT, castles TEXT,
  UNIQUE (run, game_id, identity)
) STRICT;
INSERT INTO games VALUES(1,1,'run-3',5412031290251031025,1,3,7,NULL,'black','checkmate',1763848001.75,X'a528090f',2,' black/static_rook white/static_rook game/double_static_rook ',' black/mino ');
CREATE TABLE thoughts (  -- apart, since they go first, and only whole rows make room
  game INTEGER PRIMARY KEY REFERENCES games,
  thoughts BLOB NOT NULL
) STRICT;
INSERT INTO thoughts VALUES(1,X'1f0e0000803e000000bf00006040043c00');
CREATE TABLE open_games (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  game_id TEXT NOT NULL,
  UNIQUE (run, game_id)
) STRICT;
INSERT INTO open_games VALUES(1,1,'run-4');
CREATE TABLE open_moves (
  game INTEGER NOT NULL REFERENCES open_games,
  ply INTEGER NOT NULL,
  usi TEXT NOT NULL,
  thought BLOB NOT NULL,
  PRIMARY KEY (game, ply)
) STRICT, WITHOUT ROWID;
INSERT INTO open_moves VALUES(1,0,'7g7f',X'1f0e0000803e000000bf00006040043c');
CREATE TABLE evaluations (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  emitted_at REAL NOT NULL,
  segment INTEGER NOT NULL,
  evaluation_finished TEXT NOT NULL,
  UNIQUE (run, number, emitted_at)
) STRICT;
INSERT INTO evaluations VALUES(1,1,7,1763848002.5,1,'{"type":"evaluation_finished","timestamp":0,"seq":0,"data":{"update":7,"global_step":7168,"random_games":100,"random_score":0.75,"random_low":null,"random_high":null,"elo":120.5,"elo_error":null,"skills":[{"name":"mate_in_one","successes":3,"trials":10}],"past_scores":[{"update":3,"wins":10,"draws":2,"losses":8}],"emitted_at":1763848002.5}}');
CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  emitted_at REAL NOT NULL,
  segment INTEGER NOT NULL,
  checkpoint_saved TEXT NOT NULL,
  UNIQUE (run, number, emitted_at)
) STRICT;
INSERT INTO checkpoints VALUES(1,1,7,1763848003.4999999999,1,'{"type":"checkpoint_saved","timestamp":0,"seq":0,"data":{"update":7,"global_step":7168,"name":"checkpoint-00000007.keisei","bytes":123456,"emitted_at":1763848003.5}}');
CREATE TABLE milestones (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  value REAL,
  game_id TEXT,
  game_number INTEGER,
  ply INTEGER,
  side TEXT,
  reached_at REAL NOT NULL,
  UNIQUE (run, key)
) STRICT;
INSERT INTO milestones VALUES(1,1,'first_checkmate',7,2.5,'run-3',3,41,'white',1763848004.4999999999);
CREATE INDEX updates_of_run ON updates (run);
CREATE INDEX games_searched
  ON games (run, id, plies, of_update, winner, reason, openings, castles);
COMMIT;
PRAGMA application_id=1263757431;
PRAGMA user_version=3;
