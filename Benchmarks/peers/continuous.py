"""The best-response loop of a Tullock contest, written with scipy.

Ten contestants with unit costs 1, 1.01, ..., 1.09 compete for a prize of 1; each in turn moves to the best response,
from the middle of the sets [0, 1 / cost], until nobody moves by more than the tolerance, relative to the width.
"""

from functools import partial

import numpy as np
import scipy
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


# The tolerances are the smallest that each inner method can meet.
METHODS = {"bounded": (bounded, 1e-8), "L-BFGS-B": (quasi_newton, 1e-7)}


def solving(method, games):
    def run():
        for _ in range(games):
            loop(*METHODS[method])

    return run


workloads = {"tullock-10": {f"scipy-{scipy.__version__}-{name}": partial(solving, name) for name in METHODS}}
