"""The best-response loop of a Tullock contest, written with scipy, to be timed beside flnft's.

Ten contestants with unit costs 1, 1.01, ..., 1.09 compete for a prize of 1; each in turn moves to the best response,
from the middle of the sets [0, 1 / cost], until nobody moves by more than 1e-11 of the width. flnft's side of the
comparison is the test `bestResponsesOfTenContestants`, which prints its time:

    python3 scripts/crosscheck/continuous_games.py
    swift test ... --filter bestResponsesOfTenContestants

Needs numpy and scipy, which flnft itself does not.
"""

import time

import numpy as np
from scipy.optimize import minimize, minimize_scalar

COSTS = 1 + 0.01 * np.arange(10)


def payoff(player, efforts):
    total = efforts.sum()
    return (efforts[player] / total if total > 0 else 1 / len(efforts)) - COSTS[player] * efforts[player]


def bounded(player, efforts):
    """Brent's method on values, scipy's tool for one bounded variable."""
    trial = efforts.copy()

    def loss(effort):
        trial[player] = effort
        return -payoff(player, trial)

    return minimize_scalar(loss, bounds=(0, 1 / COSTS[player]), method="bounded", options={"xatol": 1e-12}).x


def quasi_newton(player, efforts):
    """L-BFGS-B with differences, from where the player stands."""
    trial = efforts.copy()

    def loss(effort):
        trial[player] = effort[0]
        return -payoff(player, trial)

    options = {"ftol": 1e-15, "gtol": 1e-10}
    return minimize(
        loss, [efforts[player]], bounds=[(0, 1 / COSTS[player])], method="L-BFGS-B", options=options).x[0]


def loop(response, tolerance):
    efforts = 0.5 / COSTS
    for sweep in range(1, 201):
        before = efforts.copy()
        for player in range(len(COSTS)):
            efforts[player] = response(player, efforts)
        if np.max(np.abs(efforts - before) * COSTS) <= tolerance:
            break
    return efforts, sweep


def main():
    total = (len(COSTS) - 1) / COSTS.sum()
    exact = total * (1 - COSTS * total)
    # The tolerances are the smallest that each inner method can meet.
    for name, response, tolerance in [("bounded", bounded, 1e-8), ("L-BFGS-B", quasi_newton, 1e-7)]:
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
