"""Trains a small PyTorch network with PPO to mate a lone king, and streams the training.

    build/release/bin/keisei-showcase &
    python3 python/examples/train_mate.py --token-file var/showcase/operator.token

Every figure and every move that is streamed is the training's own. Eight games run side by side;
the first of them is the featured one.
"""

import argparse
import math
import random
import time

import torch
from mate_game import ACTIONS, PLANES, MateGame
from torch import nn

from keisei_showcase import StreamingHook, attach

GAMES, HORIZON = 8, 64
GAMMA, LAMBDA, CLIP, EPOCHS, MINIBATCH, LEARNING_RATE = 0.97, 0.95, 0.2, 4, 128, 1e-3


class SqueezeExcitation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.down, self.up = nn.Linear(channels, channels // 4), nn.Linear(channels // 4, channels)

    def forward(self, x):
        gates = torch.sigmoid(self.up(torch.relu(self.down(x.mean((2, 3))))))
        return x * gates[:, :, None, None]


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.se = SqueezeExcitation(channels)

    def forward(self, x):
        return torch.relu(x + self.se(self.conv2(torch.relu(self.conv1(x)))))


class Network(nn.Module):
    """planes [B, 6, 9, 9] -> logits [B, 13527] and value [B]."""

    def __init__(self, channels=32, depth=2):
        super().__init__()
        self.stem = nn.Conv2d(PLANES, channels, 3, padding=1)
        self.blocks = nn.Sequential(*[Block(channels) for _ in range(depth)])
        self.policy = nn.Conv2d(channels, 160, 1)  # 160 moves from each square
        self.value = nn.Sequential(nn.Conv2d(channels, 4, 1), nn.ReLU(), nn.Flatten(),
                                   nn.Linear(4 * 81, 1), nn.Tanh())

    def forward(self, x):
        x = self.blocks(torch.relu(self.stem(x)))
        moves = self.policy(x).flatten(2).transpose(1, 2).flatten(1)
        drops = moves.new_zeros(len(x), ACTIONS - moves.shape[1])  # nobody has a piece in hand
        return torch.cat([moves, drops], 1), self.value(x).squeeze(1)


class Featured:
    """Streams the first of the games."""

    def __init__(self, hook):
        self.hook, self.number, self.update = hook, 1, 0

    def black(self, game, logits, mask, action, value):
        self.hook.emit_move(game_number=self.number, ply=len(game.moves), sfen=game.sfen(),
                            update=self.update, policy=logits, legal_mask=mask, action=action,
                            policy_kind="logits", value=value)

    def white(self, ply, sfen, move):
        self.hook.emit_move(game_number=self.number, ply=ply, sfen=sfen, update=self.update,
                            move=move.usi)

    def finished(self, game):
        self.hook.emit_game_finished(game_number=self.number, moves=[m.usi for m in game.moves],
                                     winner=game.result.winner, reason=game.result.reason,
                                     start_sfen=game.start_sfen, update=self.update)
        self.number += 1


class Trainer:
    def __init__(self, hook, seed):
        self.rng = random.Random(seed)
        torch.manual_seed(seed)
        self.network = Network()
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=LEARNING_RATE)
        self.games = [MateGame(self.rng) for _ in range(GAMES)]
        self.featured = Featured(hook)
        self.finished, self.mates, self.positions = 0, 0, 0

    def rollout(self):
        """HORIZON of Black's moves in every game: tensors [HORIZON, GAMES, …] and GAE's results."""
        shape = (HORIZON, GAMES)
        self.planes = torch.zeros(*shape, PLANES, 9, 9)
        self.masks = torch.zeros(*shape, ACTIONS, dtype=torch.bool)
        self.actions = torch.zeros(shape, dtype=torch.long)
        self.old, values = torch.zeros(shape), torch.zeros(HORIZON + 1, GAMES)
        rewards, ended = torch.zeros(shape), torch.zeros(shape)
        for t in range(HORIZON):
            legal = [game.legal_moves() for game in self.games]
            for i, game in enumerate(self.games):
                self.planes[t, i] = torch.from_numpy(game.planes())
                self.masks[t, i, [move.action for move in legal[i]]] = True
            with torch.no_grad():
                logits, values[t] = self.network(self.planes[t])
            policy = torch.distributions.Categorical(
                logits=logits.masked_fill(~self.masks[t], -math.inf))
            self.actions[t] = policy.sample()
            self.old[t] = policy.log_prob(self.actions[t])
            for i in range(GAMES):
                move = next(m for m in legal[i] if m.action == self.actions[t, i])
                if i == 0:
                    self.featured.black(self.games[0], logits[0].numpy(), self.masks[t, 0].numpy(),
                                        move.action, values[t, 0].item())
                rewards[t, i], ended[t, i] = self.play(i, move)
        with torch.no_grad():
            last = torch.stack([torch.from_numpy(game.planes()) for game in self.games])
            values[HORIZON] = self.network(last)[1]
        self.advantages, advantage = torch.zeros(shape), torch.zeros(GAMES)
        for t in reversed(range(HORIZON)):
            going_on = 1 - ended[t]
            delta = rewards[t] + GAMMA * going_on * values[t + 1] - values[t]
            advantage = delta + GAMMA * LAMBDA * going_on * advantage
            self.advantages[t] = advantage
        self.returns = self.advantages + values[:-1]
        self.positions += HORIZON * GAMES

    def play(self, i, move):
        """Black's move and White's answer: the reward, and 1 at the end of the game."""
        game = self.games[i]
        game.play(move)
        if game.result is None:
            ply, sfen = len(game.moves), game.sfen()
            answer = game.flee()
            if i == 0:
                self.featured.white(ply, sfen, answer)
        if game.result is None:
            return 0.0, 0.0
        if i == 0:
            self.featured.finished(game)
        self.finished += 1
        self.mates += game.result.winner == "black"
        self.games[i] = MateGame(self.rng)
        return {"black": 1.0, "white": -1.0, None: 0.0}[game.result.winner], 1.0

    def learn(self):
        """PPO. The metrics, averaged over minibatches."""
        planes, masks = self.planes.flatten(0, 1), self.masks.flatten(0, 1)
        actions, old = self.actions.flatten(), self.old.flatten()
        advantages, returns = self.advantages.flatten(), self.returns.flatten()
        advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
        sums, count = {}, 0
        for _ in range(EPOCHS):
            for batch in torch.randperm(len(actions)).split(MINIBATCH):
                logits, value = self.network(planes[batch])
                policy = torch.distributions.Categorical(
                    logits=logits.masked_fill(~masks[batch], torch.finfo(logits.dtype).min))
                log_ratio = policy.log_prob(actions[batch]) - old[batch]
                ratio = log_ratio.exp()
                policy_loss = -torch.min(
                    ratio * advantages[batch],
                    ratio.clamp(1 - CLIP, 1 + CLIP) * advantages[batch]).mean()
                value_loss = (value - returns[batch]).pow(2).mean()
                entropy = policy.entropy().mean()
                loss = policy_loss + 0.5 * value_loss - 0.01 * entropy
                self.optimizer.zero_grad()
                loss.backward()
                norm = nn.utils.clip_grad_norm_(self.network.parameters(), 0.5)
                self.optimizer.step()
                count += 1
                for key, tensor in {
                    "policy_loss": policy_loss, "value_loss": value_loss, "entropy": entropy,
                    "entropy_max": masks[batch].sum(1).float().log().mean(), "grad_norm": norm,
                    "kl_divergence_approx": (ratio - 1 - log_ratio).mean(),
                    "clip_fraction": ((ratio - 1).abs() > CLIP).float().mean(),
                    "explained_variance": 1 - (returns[batch] - value).var() /
                                          (returns[batch].var() + 1e-8),
                }.items():
                    sums[key] = sums.get(key, 0.0) + tensor.item()
        return {key: value / count for key, value in sums.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="ws://127.0.0.1:8080/ingest")
    parser.add_argument("--token-file", default="")
    parser.add_argument("--updates", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    with StreamingHook(options.url, token_file=options.token_file, name="Mating a lone king",
                       preset="example", tower_depth=2, tower_width=32, clip_epsilon=CLIP,
                       environments=GAMES,
                       parameters=sum(p.numel() for p in Network().parameters())) as hook:
        trainer = Trainer(hook, options.seed)
        attention = attach(trainer.network, hook)
        for update in range(1, options.updates + 1):
            begin = time.monotonic()
            trainer.rollout()
            played = time.monotonic()
            metrics = trainer.learn()
            learnt = time.monotonic()
            metrics.update(learning_rate=LEARNING_RATE, selfplay_s=played - begin,
                           update_s=learnt - played,
                           samples_per_s=HORIZON * GAMES / (learnt - begin))
            hook.emit_ppo_metrics(metrics, update=update, global_step=trainer.positions,
                                  games=trainer.finished)
            trainer.featured.update = update
            share = trainer.mates / max(1, trainer.finished)
            print(f"update {update}: {trainer.finished} games, {share:.0%} won, entropy "
                  f"{metrics['entropy']:.2f}, KL {metrics['kl_divergence_approx']:.4f}", flush=True)
        attention.detach()


if __name__ == "__main__":
    main()
