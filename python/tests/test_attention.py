"""attach: finds squeeze-and-excitation by shape and streams the last block of sample 0."""

import copy
import io
import unittest
import warnings

import numpy as np
import torch
from listening import Listening
from torch import nn

from keisei_showcase import START_SFEN, StreamingHook, attach
from keisei_showcase.se_blocks import find_se_blocks

WHITE = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2"


class ConvolutionalSe(nn.Module):
    """A module of its own, 1x1 convolutions, sigmoid as a function."""

    def __init__(self, channels, gate=torch.sigmoid):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels // 4, 1)
        self.fc2 = nn.Conv2d(channels // 4, channels, 1)
        self.gate = gate

    def forward(self, x):
        z = self.fc2(torch.relu(self.fc1(x.mean((2, 3), keepdim=True))))
        self.seen = (x.detach(), self.gate(z).detach())
        return x * self.gate(z)


class SequentialSe(nn.Module):
    """Linear layers in a Sequential with its own Sigmoid."""

    def __init__(self, channels):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.excitation = nn.Sequential(nn.Linear(channels, 2), nn.ReLU(), nn.Linear(2, channels),
                                        nn.Hardsigmoid())

    def forward(self, x):
        gates = self.excitation(self.pool(x).flatten(1))[:, :, None, None]
        self.seen = (x.detach(), gates.detach())
        return x * gates


class InlineBlock(nn.Module):
    """The layers lie in the residual block itself."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.squeeze = nn.Linear(channels, 2)
        self.excite = nn.Linear(2, channels)

    def forward(self, x):
        f = self.conv2(torch.relu(self.conv1(x)))
        gates = torch.sigmoid(self.excite(torch.relu(self.squeeze(f.mean((2, 3))))))
        gates = gates[:, :, None, None]
        self.seen = (f.detach(), gates.detach())
        return torch.relu(x + f * gates)


class PooledOutside(nn.Module):
    """The block pools and multiplies; only the two layers are in a Sequential."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.excitation = nn.Sequential(nn.Linear(channels, 2), nn.ReLU(), nn.Linear(2, channels),
                                        nn.Sigmoid())

    def forward(self, x):
        f = self.conv(x)
        gates = self.excitation(f.mean((2, 3)))[:, :, None, None]
        self.seen = (f.detach(), gates.detach())
        return torch.relu(x + f * gates)


class Block(nn.Module):
    def __init__(self, channels, se):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn = nn.BatchNorm2d(channels)
        self.se = se

    def forward(self, x):
        return torch.relu(x + self.se(self.bn(self.conv(x))))


class Net(nn.Module):
    def __init__(self, make_block, depth=2, channels=8):
        super().__init__()
        self.stem = nn.Conv2d(3, channels, 3, padding=1)
        self.blocks = nn.Sequential(*[make_block(channels) for _ in range(depth)])
        self.value = nn.Sequential(nn.Conv2d(channels, 1, 1), nn.Flatten(), nn.Linear(81, 9),
                                   nn.ReLU(), nn.Linear(9, 1))

    def forward(self, x):
        return self.value(self.blocks(torch.relu(self.stem(x))))


KINDS = {
    "convolutions in a module": lambda c: Block(c, ConvolutionalSe(c)),
    "linear layers in a Sequential": lambda c: Block(c, SequentialSe(c)),
    "inside the residual block": InlineBlock,
    "pooled outside": PooledOutside,
}


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Attention(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.showcase = Listening().__enter__()
        self.hook = StreamingHook(self.showcase.url, flush_deadline=10)
        self.clock = Clock()

    def tearDown(self):
        self.hook.close()
        self.showcase.__exit__()

    def play(self, net, ply, sfen=START_SFEN, batch=None):
        """One step of a rollout: the network is asked, then the move goes out."""
        with torch.no_grad():
            net(torch.randn(4, 3, 9, 9) if batch is None else batch)
        self.hook.emit_move(game_number=5, ply=ply, sfen=sfen, move="7g7f", update=3)
        self.clock.now += 1

    def test_it_is_found_by_shape_in_every_common_form(self):
        for name, make_block in KINDS.items():
            with self.subTest(name):
                blocks = find_se_blocks(Net(make_block, depth=3))
                self.assertEqual([b.channels for b in blocks], [8, 8, 8])

    def test_bottlenecks_and_heads_are_no_squeeze_and_excitation(self):
        bottleneck = nn.Sequential(nn.Conv2d(8, 2, 1), nn.Conv2d(2, 2, 3), nn.Conv2d(2, 8, 1))
        head = nn.Sequential(nn.Linear(8, 2), nn.Linear(2, 1))
        wide = nn.Sequential(nn.Linear(8, 32), nn.Linear(32, 8))
        self.assertEqual(find_se_blocks(nn.ModuleList([bottleneck, head, wide])), [])
        with self.assertRaisesRegex(ValueError, "module: no squeeze-and-excitation found"):
            attach(head, self.hook)

    def test_the_last_blocks_gates_and_activity_arrive_with_the_move_they_led_to(self):
        for name, make_block in KINDS.items():
            with self.subTest(name):
                net = Net(make_block)
                attachment = attach(net, self.hook, clock=self.clock)
                before = len(self.showcase.all("attention"))
                self.play(net, ply=6)
                last = net.blocks[-1]
                features, gates = getattr(last, "se", last).seen
                attachment.detach()
                sent = self.showcase.wait_for("attention", before + 1)[-1]
                self.assertEqual((sent["ply"], sent["update"], sent["block"]), (6, 3, 2))
                gates = gates[0].reshape(-1).numpy()
                np.testing.assert_allclose(sent["gates"], gates, rtol=1e-3)
                activity = (np.abs(features[0].numpy()) * gates[:, None, None]).sum(0)
                np.testing.assert_allclose(np.ravel(sent["activity"]), activity.ravel(), rtol=1e-3)

    def test_the_board_is_turned_back_for_white(self):
        net = Net(KINDS["convolutions in a module"])
        attachment = attach(net, self.hook, clock=self.clock)
        self.play(net, ply=1, sfen=WHITE)
        features, gates = net.blocks[-1].se.seen
        attachment.detach()
        activity = (features[0].abs() * gates[0]).sum(0).numpy()[::-1, ::-1]
        sent = self.showcase.wait_for("attention")[0]
        np.testing.assert_allclose(np.ravel(sent["activity"]), activity.ravel(), rtol=1e-3)

    def test_no_more_than_asked_for_are_looked_at(self):
        net = Net(InlineBlock)
        attachment = attach(net, self.hook, max_per_second=0.25, clock=self.clock)
        for ply in range(12):  # at one a second
            self.play(net, ply)
        attachment.detach()
        self.assertEqual([a["ply"] for a in self.showcase.wait_for("attention", 3)], [0, 4, 8])

    def test_the_opponents_answer_is_not_taken_for_the_move(self):
        net = Net(InlineBlock)
        attachment = attach(net, self.hook, clock=self.clock)
        self.play(net, ply=4)
        self.hook.emit_move(game_number=5, ply=5, sfen=WHITE, move="3c3d", update=3)
        self.play(net, ply=6)
        attachment.detach()
        self.assertEqual([a["ply"] for a in self.showcase.wait_for("attention", 2)], [4, 6])

    def test_learning_and_forwards_without_a_move_are_not_streamed(self):
        net = Net(InlineBlock)
        attachment = attach(net, self.hook, clock=self.clock)
        net(torch.randn(4, 3, 9, 9)).sum().backward()
        self.hook.emit_move(game_number=5, ply=0, sfen=START_SFEN, move="7g7f")
        with torch.no_grad():
            net(torch.randn(1, 3, 9, 9))  # a value at the end of a rollout
        self.clock.now += 1
        self.play(net, ply=1)
        attachment.detach()
        self.hook.close()
        self.assertEqual([a["ply"] for a in self.showcase.wait_for("attention")], [1])

    def play_with_gradients(self, net, ply):
        net(torch.randn(4, 3, 9, 9))
        self.hook.emit_move(game_number=5, ply=ply, sfen=START_SFEN, move="7g7f")
        self.clock.now += 1

    def test_rollouts_with_gradients_are_one_warning(self):
        net = Net(InlineBlock)
        attachment = attach(net, self.hook, clock=self.clock)
        with self.assertWarns(RuntimeWarning) as caught:
            for ply in range(60):
                self.play_with_gradients(net, ply)
        self.assertEqual(len(caught.warnings), 1)
        self.assertRegex(str(caught.warning), "moves come from forwards with gradients.*rollout=")
        attachment.detach()

    def test_learning_between_rollouts_without_gradients_is_no_warning(self):
        net = Net(InlineBlock)
        attachment = attach(net, self.hook, clock=self.clock)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for ply in range(60):
                self.play(net, ply)
                net(torch.randn(4, 3, 9, 9)).sum().backward()
        attachment.detach()

    def test_a_rollout_is_what_the_caller_says(self):
        net, rolling = Net(InlineBlock), [True]
        attachment = attach(net, self.hook, clock=self.clock, rollout=lambda: rolling[0])
        self.play_with_gradients(net, ply=0)
        rolling[0] = False
        self.play(net, ply=1)
        attachment.detach()
        self.hook.close()
        self.assertEqual([a["ply"] for a in self.showcase.wait_for("attention")], [0])

    def test_copies_and_stored_models_are_not_streamed(self):
        net = Net(InlineBlock)
        attachment = attach(net, self.hook, clock=self.clock)
        self.play(copy.deepcopy(net), ply=0)
        stored = io.BytesIO()
        torch.save(net, stored)
        stored.seek(0)
        self.play(torch.load(stored), ply=0)
        self.play(net, ply=1)
        attachment.detach()
        self.hook.close()
        self.assertEqual([a["ply"] for a in self.showcase.wait_for("attention")], [1])

    def test_gates_that_do_not_gate_are_given_up_with_a_warning(self):
        net = Net(lambda c: Block(c, ConvolutionalSe(c, gate=torch.tanh)))
        attachment = attach(net, self.hook, clock=self.clock)
        self.play(net, ply=0)
        with self.assertWarnsRegex(RuntimeWarning, "not sigmoid"):
            self.play(net, ply=1)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.play(net, ply=2)
            attachment.detach()

    def test_an_error_of_streaming_is_a_warning_and_training_goes_on(self):
        net = Net(InlineBlock)
        attach(net, self.hook, clock=self.clock)
        self.play(net, ply=0)
        self.hook.close()
        with self.assertWarnsRegex(RuntimeWarning, "closed StreamingHook"), torch.no_grad():
            net(torch.randn(4, 3, 9, 9))
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("error")
            net(torch.randn(4, 3, 9, 9))

    def test_detach_leaves_the_model_as_it_was(self):
        net = Net(InlineBlock)
        hooks = [len(m._forward_hooks) for m in net.modules()]
        attachment = attach(net, self.hook)
        self.assertNotEqual([len(m._forward_hooks) for m in net.modules()], hooks)
        attachment.detach()
        self.assertEqual([len(m._forward_hooks) for m in net.modules()], hooks)

    @unittest.skipUnless(torch.cuda.is_available(), "needs a GPU")
    def test_on_a_gpu_the_copy_comes_later_and_is_the_same(self):
        net = Net(InlineBlock).cuda()
        attachment = attach(net, self.hook, clock=self.clock)
        self.play(net, ply=0, batch=torch.randn(4, 3, 9, 9, device="cuda"))
        _, gates = net.blocks[-1].seen
        torch.cuda.synchronize()
        attachment.detach()
        sent = self.showcase.wait_for("attention")[0]
        np.testing.assert_allclose(sent["gates"], gates[0].reshape(-1).cpu().numpy(), rtol=1e-3)


if __name__ == "__main__":
    unittest.main()
