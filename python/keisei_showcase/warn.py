"""What whoever trains is told, which never stops training."""

import sys
import warnings


def warn(text: str) -> None:
    try:
        warnings.warn(f"keisei_showcase: {text}", RuntimeWarning, stacklevel=3)
    except RuntimeWarning:  # where warnings are made errors
        print(f"keisei_showcase: {text}", file=sys.stderr)
