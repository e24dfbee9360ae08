"""`make bench`: every benchmark, one table each."""

from __future__ import annotations

import importlib
import sys

BENCHES = ("match", "recap", "conflicts")


def main() -> None:
    """Runs all, or the ones that are named."""
    for name in sys.argv[1:] or BENCHES:
        if name not in BENCHES:
            sys.exit(f"no benchmark {name!r}; there are: {', '.join(BENCHES)}")
        importlib.import_module(f"bench.{name}").main()
        print()


if __name__ == "__main__":
    main()
