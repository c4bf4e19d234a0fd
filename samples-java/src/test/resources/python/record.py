"""Runs every program here with the Python that runs this script and records what it prints as NAME.out.

    python3 record.py            records all programs
    python3 record.py hello …    records only these
    python3 record.py --check …  records nothing and fails if anything differs from what was recorded

Use CPython 3.13. Warnings are errors, and the hash seed varies from run to run: what is recorded must not depend on it.
"""

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(program):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)], capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    if done.returncode or done.stderr:
        raise RuntimeError(f"{program.name} ended with {done.returncode}\n{done.stderr}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="programs, without .py; default: all")
    parser.add_argument("--check", action="store_true", help="compare instead of recording")
    options = parser.parse_args()
    if sys.version_info[:2] != (3, 13):
        parser.error(f"needs CPython 3.13, this is {sys.version.split()[0]}")

    programs = [HERE / f"{name}.py" for name in options.names]
    programs = programs or sorted(set(HERE.glob("*.py")) - {Path(__file__).resolve()})
    differing = []
    with ThreadPoolExecutor(max_workers=8) as pool:
        for program, output in zip(programs, pool.map(run, programs)):
            recorded = program.with_suffix(".out")
            if not options.check:
                recorded.write_text(output, encoding="utf-8", newline="\n")
            elif not recorded.exists() or recorded.read_text(encoding="utf-8") != output:
                differing.append(program.stem)
    print(f"{len(programs)} programs {'compared' if options.check else 'recorded'}")
    if differing:
        sys.exit("not as recorded: " + ", ".join(differing))


main()
