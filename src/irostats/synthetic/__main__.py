"""``python -m irostats.synthetic --output data``: write the sample data anew."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from irostats.synthetic.checks import check
from irostats.synthetic.plan import AUTHORITIES, load
from irostats.synthetic.readme import readme
from irostats.synthetic.writing import make, write


def main(arguments: list[str] | None = None) -> int:
    """Make, check and write every authority's sample data (or those named)."""
    parser = argparse.ArgumentParser(prog="python -m irostats.synthetic", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("data"), help="the folder to write to")
    parser.add_argument("--authority", action="append", choices=AUTHORITIES, help="only this one")
    options = parser.parse_args(arguments)
    all_made = []
    for slug in options.authority or AUTHORITIES:
        began = time.perf_counter()
        made = make(load(slug))
        wrong = check(made)
        if wrong:
            sys.stderr.write(f"{slug}: not as published:\n  " + "\n  ".join(wrong) + "\n")
            return 1
        write(made, options.output)
        all_made.append(made)
        sys.stdout.write(f"{slug}: written in {time.perf_counter() - began:.1f} s\n")
    if not options.authority:
        (options.output / "README.md").write_text(readme(all_made), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
