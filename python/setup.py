"""Builds the extension with the repository's CMake and puts it into the package.

Works offline: pip install --no-build-isolation --no-index ./python
KEISEI_BUILD_DIR names a configured build folder to use instead of one of its own.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).resolve().parent.parent


def version() -> str:
    return re.search(r"project\(\S+ VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text())[1]


class CMakeBuild(build_ext):
    def build_extension(self, ext: Extension) -> None:
        build = os.environ.get("KEISEI_BUILD_DIR")
        if build is None:
            build = str(Path(self.build_temp).resolve() / "cmake")
            subprocess.run(
                ["cmake", "-S", str(ROOT), "-B", build, "-G", "Ninja",
                 "-DCMAKE_BUILD_TYPE=Release", "-DKEISEI_WITH_TRAINER=OFF", "-DBUILD_TESTING=OFF",
                 f"-DPython_EXECUTABLE={sys.executable}"],
                check=True)
        subprocess.run(["cmake", "--build", build, "--target", "keisei_python"], check=True)
        built = next((Path(build) / "python" / "keisei_showcase").glob("_core*.so"))
        target = Path(self.get_ext_fullpath(ext.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(built, target)


setup(
    version=version(),
    ext_modules=[Extension("keisei_showcase._core", sources=[])],
    cmdclass={"build_ext": CMakeBuild},
)
