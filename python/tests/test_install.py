"""pip install ./python, offline, from this build."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


class Install(unittest.TestCase):
    def test_pip_installs_the_package_without_a_network(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--no-build-isolation", "--no-index",
                 "--no-deps", "--target", folder, str(PACKAGE)],
                capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
            environment = {**os.environ, "PYTHONPATH": folder}
            code = ("import keisei_showcase as k, os; h = k.StreamingHook('ws://127.0.0.1:9/', "
                    "flush_deadline=0); h.emit_ppo_metrics({}, update=1, global_step=1); "
                    "print(os.path.dirname(k.__file__), k.usi_of(9054), h.counters['emitted'])")
            output = subprocess.run([sys.executable, "-c", code], env=environment, cwd=folder,
                                    capture_output=True, text=True, check=True).stdout
            self.assertEqual(output.strip(), f"{folder}/keisei_showcase 7g7f 1")
            installed = {p.name for p in (Path(folder) / "keisei_showcase").iterdir()}
            self.assertLessEqual({"py.typed", "_core.pyi", "attention.py"}, installed)


if __name__ == "__main__":
    unittest.main()
