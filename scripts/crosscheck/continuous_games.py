"""How exact the best-response loop of a Tullock contest is when it is written with scipy, and how long it takes.

flnft's side is the test `bestResponsesOfTenContestants`, and the row `tullock-10` of scripts/bench --peers:

    python3 scripts/crosscheck/continuous_games.py

Needs numpy and scipy, which flnft itself does not.
"""

import pathlib
import sys
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "peers"))
from continuous import COSTS, METHODS, loop  # noqa: E402


def main():
    total = (len(COSTS) - 1) / COSTS.sum()
    exact = total * (1 - COSTS * total)
    for name, (response, tolerance) in METHODS.items():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            efforts, sweeps = loop(response, tolerance)
            times.append(time.perf_counter() - start)
        error = np.max(np.abs(efforts - exact))
        print(f"{name}: {sweeps} sweeps in {min(times) * 1e3:.2f} ms, {min(times) / sweeps * 1e6:.0f} us a sweep, "
              f"error {error:.1e}")


if __name__ == "__main__":
    main()
