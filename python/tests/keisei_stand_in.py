"""Stand-ins for the objects of a Keisei trainer: the same names, arguments and results, no learning.

The game is a fixed line of play; the network is a real one with Keisei's shape, kept small. As the
last Python trainer did (April 2026), actions are numbered in the mover's view, and rollouts compute no
gradients; before March's end both were otherwise.
"""

import enum
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from torch import nn

ACTIONS = 13527


class StandInColor(enum.Enum):
    BLACK = 0
    WHITE = 1


class StandInPiece(enum.Enum):
    PAWN, LANCE, KNIGHT, SILVER, GOLD, BISHOP, ROOK = range(7)


# (position before the move, the move as Keisei's tuple, whether it ends the game)
LINE = [
    ("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1", (6, 2, 5, 2, False)),
    ("lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2", (2, 6, 3, 6, False)),
    ("lnsgkgsnl/1r5b1/pppppp1pp/6p2/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL b - 3", (7, 1, 1, 7, True)),
]
LINE_USI = ["7g7f", "3c3d", "8h2b+"]

# The same with a capture and drops by both.
LONG_LINE = [
    *LINE,
    ("lnsgkgsnl/1r5+B1/pppppp1pp/6p2/9/2P6/PP1PPPPPP/7R1/LNSGKGSNL w B 4", (0, 6, 1, 7, False)),
    ("lnsgkg1nl/1r5s1/pppppp1pp/6p2/9/2P6/PP1PPPPPP/7R1/LNSGKGSNL b Bb 5",
     (None, None, 4, 4, StandInPiece.BISHOP)),
    ("lnsgkg1nl/1r5s1/pppppp1pp/6p2/4B4/2P6/PP1PPPPPP/7R1/LNSGKGSNL w b 6",
     (None, None, 2, 6, StandInPiece.BISHOP)),
]
LONG_LINE_USI = [*LINE_USI, "3a2b", "B*5e", "B*3c"]

# White's drop on 5e, which is the same square for both sides, after a move that is not and before one.
CENTRE_LINE = [
    ("4k4/9/9/9/9/9/9/9/4K4 b p 1", (8, 4, 7, 4, False)),
    ("4k4/9/9/9/9/9/9/4K4/9 w p 2", (0, 4, 0, 5, False)),
    ("5k3/9/9/9/9/9/9/4K4/9 b p 3", (7, 4, 6, 4, False)),
    ("5k3/9/9/9/9/9/4K4/9/9 w p 4", (None, None, 4, 4, StandInPiece.PAWN)),
    ("5k3/9/9/9/4p4/9/4K4/9/9 b - 5", (6, 4, 7, 4, False)),
    ("5k3/9/9/9/4p4/9/9/4K4/9 w - 6", (0, 5, 0, 4, False)),
]
CENTRE_LINE_USI = ["5i5h", "5a4a", "5h5g", "P*5e", "5g5h", "4a5a"]


def turned(move):
    """Keisei's PolicyOutputMapper.flip_move."""
    squares = [None if s is None else 8 - s for s in move[:4]]
    return (*squares, move[4])


def index_of(move):
    """Keisei's PolicyOutputMapper."""
    to = move[2] * 9 + move[3]
    if move[0] is None:
        return 12960 + to * 7 + move[4].value
    source = move[0] * 9 + move[1]
    return source * 160 + (to - 1 if to > source else to) * 2 + move[4]


class StandInGame:
    def __init__(self, line):
        self.line = line
        self.reset()

    def reset(self):
        self.move_count, self.winner, self.termination_reason = 0, None, None
        return self.get_observation()

    def get_observation(self):
        return np.full((46, 9, 9), self.move_count, np.float32)

    @property
    def current_player(self):
        return StandInColor(self.move_count % 2)

    def to_sfen_string(self):
        return self.line[self.move_count][0]

    def make_move(self, move):
        assert move == self.line[self.move_count][1]
        self.move_count += 1
        done = self.move_count == len(self.line)
        if done:
            self.winner, self.termination_reason = StandInColor.BLACK, "Tsumi"
        return self.get_observation(), float(done), done, {}


class StandInSe(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels // 4, 1)
        self.fc2 = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x):
        gates = torch.relu(self.fc1(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.fc2(gates))


class StandInBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.se = StandInSe(channels)

    def forward(self, x):
        return torch.relu(x + self.se(self.conv(x)))


class StandInTower(nn.Module):
    """As ActorCriticResTower; `get_action_and_value` calls `forward`, not the module."""

    def __init__(self, channels=8):
        super().__init__()
        self.stem = nn.Conv2d(46, channels, 3, padding=1)
        self.res_blocks = nn.Sequential(StandInBlock(channels), StandInBlock(channels))
        self.policy_head = nn.Sequential(nn.Conv2d(channels, 2, 1), nn.Flatten(),
                                         nn.Linear(162, ACTIONS))
        self.value_head = nn.Sequential(nn.Conv2d(channels, 2, 1), nn.Flatten(), nn.Linear(162, 1))

    def forward(self, x):
        x = self.res_blocks(torch.relu(self.stem(x)))
        return self.policy_head(x), self.value_head(x).squeeze(-1)

    def get_action_and_value(self, obs, legal_mask=None, deterministic=False):
        logits, value = self.forward(obs)
        logits = torch.where(legal_mask, logits, torch.finfo(logits.dtype).min)
        distribution = torch.distributions.Categorical(logits=logits)
        action = distribution.sample()
        return action, distribution.log_prob(action), value


class StandInAgent:
    def __init__(self, model, gradients):
        self.model = model
        self.gradients = gradients
        self.next_move: Any = None

    def select_action(self, obs, legal_mask, *, is_training=True):
        with nullcontext() if self.gradients else torch.no_grad():
            _, log_prob, value = self.model.get_action_and_value(
                torch.as_tensor(obs).unsqueeze(0), legal_mask=legal_mask)
        return self.next_move, index_of(self.next_move), log_prob.item(), value.item()

    def get_value(self, obs):
        with torch.no_grad():
            return self.model(torch.as_tensor(obs).unsqueeze(0))[1].item()


@dataclass
class StandInStepResult:
    next_obs: Any
    reward: float
    done: bool
    info: dict
    selected_move: Any
    policy_index: int
    log_prob: float
    value_pred: float
    success: bool = True


@dataclass
class StandInStepManager:
    game: StandInGame
    agent: StandInAgent
    frame: str
    fail_next: bool = False
    seen: list = field(default_factory=list)

    def execute_step(self, episode_state, global_timestep, logger_func):
        self.seen.append(global_timestep)
        if self.fail_next:
            self.fail_next = False
            return StandInStepResult(self.game.reset(), 0.0, False, {}, None, 0, 0.0, 0.0, False)
        turns = self.frame == "mover" and self.game.current_player == StandInColor.WHITE
        move = self.game.line[self.game.move_count][1]
        self.agent.next_move = turned(move) if turns else move
        mask = torch.zeros(ACTIONS, dtype=torch.bool)
        mask[[index_of(self.agent.next_move), 0, 12960]] = True
        move, index, log_prob, value = self.agent.select_action(self.game.get_observation(), mask,
                                                                is_training=True)
        move = turned(move) if turns else move
        obs, reward, done, info = self.game.make_move(move)
        return StandInStepResult(obs, reward, done, info, move, index, log_prob, value)


class StandInMetricsManager:
    global_timestep = 2048
    total_episodes_completed = 11

    def format_ppo_metrics(self, learn_metrics):
        return f"KL:{learn_metrics['ppo/kl_divergence_approx']:.4f}"


class StandInTrainer:
    run_name = "stand-in"

    def __init__(self, *, frame="mover", gradients=False, line=LINE, model=None):
        self.config = SimpleNamespace(training=SimpleNamespace(tower_depth=2, tower_width=8,
                                                               clip_epsilon=0.1),
                                      parallel=SimpleNamespace(enabled=False))
        self.agent = StandInAgent(StandInTower() if model is None else model, gradients)
        self.metrics_manager = StandInMetricsManager()
        self.step_manager = StandInStepManager(StandInGame(line), self.agent, frame)

    def play(self, steps):
        """Keisei's loop: a finished episode is reset by handle_episode_end, a failed one at once."""
        for step in range(steps):
            result = self.step_manager.execute_step(None, step, print)
            if result.done:
                self.step_manager.game.reset()
