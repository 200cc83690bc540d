"""nashpy on random games of two players, the same that Benchmarks/Suite/Rows/FiniteGameRows.swift makes."""

import warnings
from functools import partial

import nashpy
import numpy

MASK = (1 << 64) - 1


def congruential_game(size, seed):
    """Payoffs from the linear congruential generator of Knuth's MMIX, row by row, the row player's first."""
    state = seed
    payoffs = []
    for _ in range(2 * size * size):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        payoffs.append((state >> 11) * 2.0**-53)
    row, column = numpy.array(payoffs).reshape(2, size, size)
    return nashpy.Game(row, column)


# Games in which nashpy's path from the first label ends at an equilibrium; see FiniteGameRows.swift.
PATH_SEEDS = [seed for seed in range(52) if seed not in (0, 18, 42, 44)]


def solving(size, solve, games, seeds=None):
    made = [congruential_game(size, seed) for seed in (seeds or range(games))[:games]]

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for game in made:
                solve(game)

    return run


def all_equilibria(game):
    return list(game.support_enumeration())


def equal_supports(game):
    return list(game.support_enumeration(non_degenerate=True))


def one_path(game):
    return game.lemke_howson(initial_dropped_label=0)


def paths(size, games):
    """The work, after a look at whether every path does end at an equilibrium."""
    for seed in PATH_SEEDS[:games]:
        game = congruential_game(size, seed)
        (row_payoffs, column_payoffs), (row, column) = game.payoff_matrices, one_path(game)
        gain = (row_payoffs @ column).max() - row @ row_payoffs @ column
        other = (row @ column_payoffs).max() - row @ column_payoffs @ column
        if not (max(gain, other) < 1e-9 and abs(row.sum() - 1) + abs(column.sum() - 1) < 1e-9):
            raise ArithmeticError(f"the path in game {seed} ends at no equilibrium")
    return solving(size, one_path, games, PATH_SEEDS)


def support_variants(size):
    """Name to a function that, given the number of games, builds the work. The second looks at supports of one size only."""
    return {
        f"nashpy-{nashpy.__version__}": partial(solving, size, all_equilibria),
        f"nashpy-{nashpy.__version__}-non_degenerate": partial(solving, size, equal_supports),
    }


def path_variants(size):
    return {f"nashpy-{nashpy.__version__}": partial(paths, size)}
