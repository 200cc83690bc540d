"""Equilibria of random games of two players, by flnft and by nashpy.

    finite_games.py FLNFT [GAMES]

Each game goes to flnft through its Lua functions: support enumeration, vertex enumeration and Lemke-Howson from every
label. Both of our sets must equal the one that nashpy finds by vertices, within 1e-6, every equilibrium that nashpy finds
by supports must be among ours, and every path must end at the same place.

nashpy's support enumeration compares without tolerance (`prob >= 0`): where a weight outside the support comes out as
-1e-17 it loses an equilibrium. So the sets are compared with its vertices, and what its supports miss is counted.
"""

import json
import pathlib
import signal
import subprocess
import sys
import warnings

import nashpy
import numpy

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "peers"))
import games as benchmark  # noqa: E402

SIZES = [(2, 2), (2, 3), (3, 3), (4, 3), (4, 4), (5, 5), (6, 6)]
LUA = """
for line in io.lines() do
  local input = json.parse(line)
  local g = game.normal_form{ row = input.row, column = input.column }
  local answer = {}
  for _, method in ipairs{ "support_enumeration", "vertex_enumeration" } do
    local found = g:equilibria{ method = method }
    local profiles = {}
    for i, equilibrium in ipairs(found.equilibria) do profiles[i] = equilibrium.profile end
    answer[method] = profiles
    answer.max_regret = math.max(answer.max_regret or 0, found.max_regret)
  end
  answer.paths = {}
  for label = 1, #input.row + #input.row[1] do answer.paths[label] = g:lemke_howson{ label = label }.profile end
  print(json.text(answer))
end
"""


FIRST_PATHS = """
for line in io.lines() do
  local input = json.parse(line)
  print(json.text(game.normal_form{ row = input.row, column = input.column }:lemke_howson{ label = 1 }.profile))
end
"""


def key(profile):
    return numpy.concatenate([numpy.asarray(part, float) for part in profile])


def near(one, many):
    return any(numpy.abs(one - other).max() < 1e-6 for other in many)


def path(game, label):
    """Where nashpy's path ends; None when it has not after two seconds, as some never do."""

    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(2)
    try:
        return game.lemke_howson(initial_dropped_label=label)
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def distinct(profiles):
    """nashpy meets some vertices several times."""
    found = []
    for profile in profiles:
        if not near(key(profile), [key(other) for other in found]):
            found.append(profile)
    return found


def same_set(ours, theirs):
    ours, theirs = [key(p) for p in ours], [key(p) for p in theirs]
    return len(ours) == len(theirs) and all(near(one, theirs) for one in ours)


def benchmark_paths(flnft):
    """In how many of the benchmark's 12 x 12 games both paths from the first label end at the same equilibrium."""
    made = [benchmark.congruential_game(12, seed) for seed in benchmark.PATH_SEEDS]
    lines = "".join(
        json.dumps(dict(zip(("row", "column"), (matrix.tolist() for matrix in game.payoff_matrices)))) + "\n"
        for game in made
    )
    run = subprocess.run([flnft, "eval", FIRST_PATHS], input=lines, capture_output=True, text=True, check=True)
    ours = [json.loads(line) for line in run.stdout.splitlines()]
    same = sum(numpy.abs(key(a) - key(benchmark.one_path(b))).max() < 1e-9 for a, b in zip(ours, made, strict=True))
    print(f"the benchmark's {len(made)} games of 12 x 12: the first path ends at the same equilibrium in {same}")
    return same == len(made)


def main(flnft, games=200):
    generator = numpy.random.default_rng(7)
    instances = []
    for number in range(games):
        rows, columns = SIZES[number % len(SIZES)]
        instances.append((generator.uniform(-5, 5, (rows, columns)), generator.uniform(-5, 5, (rows, columns))))
    lines = "".join(json.dumps({"row": a.tolist(), "column": b.tolist()}) + "\n" for a, b in instances)
    run = subprocess.run([flnft, "eval", LUA], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == games, run.stderr

    counts = {"supports": 0, "vertices": 0, "paths": 0, "contained": 0, "failed": 0, "equilibria": 0}
    missed = endless = 0
    worst = 0.0
    for (row, column), answer in zip(instances, answers):
        theirs = nashpy.Game(row, column)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = distinct(theirs.vertex_enumeration())
            by_supports = list(theirs.support_enumeration())
            paths = [path(theirs, label) for label in range(sum(row.shape))]
            endless += paths.count(None)
        counts["equilibria"] += len(expected)
        missed += len(expected) - len(by_supports)
        worst = max(worst, answer["max_regret"])
        checks = {
            "supports": same_set(answer["support_enumeration"], expected),
            "vertices": same_set(answer["vertex_enumeration"], expected),
            "contained": all(near(key(p), [key(q) for q in answer["support_enumeration"]]) for p in by_supports),
            "paths": all(numpy.abs(key(a) - key(b)).max() < 1e-6 for a, b in zip(answer["paths"], paths) if b is not None),
        }
        for name, holds in checks.items():
            counts[name if holds else "failed"] += 1
            if not holds:
                print(f"{name} differ on", json.dumps({"row": row.tolist(), "column": column.tolist()}))
    print(
        f"{games} games, {counts['equilibria']} equilibria: supports agree in {counts['supports']}, vertices in "
        f"{counts['vertices']}, all Lemke-Howson paths in {counts['paths']}; nashpy's supports are among ours in "
        f"{counts['contained']} and miss {missed}; {endless} of its paths did not end; largest regret of ours {worst:.2e}"
    )
    same = benchmark_paths(flnft)
    return 1 if counts["failed"] or not same else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
