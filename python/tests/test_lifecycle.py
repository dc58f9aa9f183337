"""Closing, forgetting, forking, threads."""

import subprocess
import sys
import textwrap
import threading
import time
import unittest

from listening import Listening

from keisei_showcase import StreamingHook

NOBODY = "ws://127.0.0.1:9/ingest"


def run(code, *arguments):
    """A process of its own; its output and exit code."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), *arguments],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


class Lifecycle(unittest.TestCase):
    def test_leaving_the_context_sends_what_is_left_and_closes(self):
        with Listening() as showcase:
            with StreamingHook(showcase.url) as hook:
                for update in range(20):
                    hook.emit_ppo_metrics({}, update=update, global_step=update)
                self.assertTrue(hook.active)
            self.assertEqual(len(showcase.wait_for("trainer_metrics", 20)), 20)
            self.assertTrue(hook.closed)
            hook.close()
            with self.assertRaisesRegex(ValueError, "closed StreamingHook"):
                hook.emit_ppo_metrics({}, update=1, global_step=1)

    def test_nobody_there_is_no_error_but_is_told(self):
        with StreamingHook(NOBODY, flush_deadline=0) as hook:
            hook.emit_ppo_metrics({}, update=1, global_step=1)
            self.assertEqual(hook.counters["emitted"], 1)
            self.assertFalse(hook.counters["connected"])

    def test_not_streaming_is_told_once_with_the_reason(self):
        code, _, errors = run("""
            import time, keisei_showcase
            with keisei_showcase.StreamingHook("ws://127.0.0.1:9/", flush_deadline=0) as hook:
                while hook.counters["connect_failures"] < 2:
                    time.sleep(0.01)
            """)
        self.assertEqual(code, 0)
        self.assertEqual(errors, "keisei hook: streaming to the showcase: stopped working: "
                                 "cannot connect to 127.0.0.1:9: Connection refused\n")

    def test_what_became_of_the_events_can_be_asked_after_the_end(self):
        with Listening() as showcase:
            hook = StreamingHook(showcase.url, flush_deadline=20)
            hook.emit_ppo_metrics({}, update=1, global_step=1)
            hook.close()
            self.assertEqual((hook.counters["emitted"], hook.counters["acknowledged"]), (1, 1))
            self.assertEqual(hook.last_error, "")
        hook = StreamingHook(NOBODY, flush_deadline=0)
        hook.emit_ppo_metrics({}, update=1, global_step=1)
        hook.close()
        self.assertEqual(hook.counters["dropped_by"], {"ppo_metrics/ended": 1})

    def test_why_nothing_arrived_can_be_asked_after_the_end(self):
        hook = StreamingHook(NOBODY, flush_deadline=0)
        while hook.counters["connect_failures"] == 0:
            time.sleep(0.01)
        hook.close()
        self.assertIn("cannot connect to 127.0.0.1:9", hook.last_error)

    def test_a_forgotten_hook_still_sends_at_the_interpreters_exit(self):
        with Listening() as showcase:
            code, _, errors = run("""
                import sys, keisei_showcase
                hook = keisei_showcase.StreamingHook(sys.argv[1])
                hook.emit_ppo_metrics({}, update=1, global_step=1)
                """, showcase.url)
            self.assertEqual((code, errors), (0, ""))
            self.assertEqual(len(showcase.wait_for("trainer_metrics")), 1)

    def test_an_exception_in_training_ends_the_process_as_without_a_hook(self):
        code, _, errors = run("""
            import keisei_showcase
            with keisei_showcase.StreamingHook("ws://127.0.0.1:9/", flush_deadline=0.1) as hook:
                raise RuntimeError("diverged")
            """)
        self.assertEqual(code, 1)
        self.assertIn("RuntimeError: diverged", errors)

    def test_a_forked_childs_copy_does_nothing_says_so_and_lets_the_child_end(self):
        with Listening() as showcase:
            code, output, errors = run("""
                import os, sys, warnings, keisei_showcase
                hook = keisei_showcase.StreamingHook(sys.argv[1])
                child = os.fork()
                if child == 0:
                    with warnings.catch_warnings(record=True) as said:
                        warnings.simplefilter("always")
                        for _ in range(3):
                            hook.emit_ppo_metrics({}, update=7, global_step=1)
                    print(len(said), said[0].category.__name__, hook.active, hook.last_error)
                    sys.exit(0)  # with the interpreter's whole shutdown
                assert os.waitpid(child, 0)[1] == 0
                hook.emit_ppo_metrics({}, update=8, global_step=1)
                """, showcase.url)
            self.assertEqual((code, errors), (0, ""))
            self.assertIn("1 RuntimeWarning False created in another process", output)
            self.assertEqual([m["update"] for m in showcase.wait_for("trainer_metrics")], [8])

    def test_a_child_can_have_a_hook_of_its_own(self):
        with Listening() as showcase:
            code, _, errors = run("""
                import os, sys, keisei_showcase
                hook = keisei_showcase.StreamingHook(sys.argv[1])
                if os.fork() == 0:
                    own = keisei_showcase.StreamingHook(sys.argv[1])
                    own.emit_ppo_metrics({}, update=9, global_step=1)
                    sys.exit(0)
                os.wait()
                """, showcase.url)
            self.assertEqual((code, errors), (0, ""))
            self.assertEqual(showcase.wait_for("trainer_metrics")[0]["update"], 9)

    def test_threads_may_share_a_hook(self):
        with Listening() as showcase:
            with StreamingHook(showcase.url, flush_deadline=10) as hook:
                def emit(first):
                    for i in range(50):
                        hook.emit_ppo_metrics({"entropy": i}, update=first + i, global_step=i)
                threads = [threading.Thread(target=emit, args=(1000 * n,)) for n in range(4)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                counters = hook.counters
            self.assertEqual(counters["emitted"], 200)
            self.assertEqual(len(showcase.wait_for("trainer_metrics", 200)), 200)

    def test_the_package_needs_no_torch(self):
        code, output, errors = run("""
            import sys, keisei_showcase
            print("torch" in sys.modules, "numpy" in sys.modules)
            """)
        self.assertEqual((code, output.strip(), errors), (0, "False False", ""))


if __name__ == "__main__":
    unittest.main()
