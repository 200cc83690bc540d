#!/usr/bin/env python3
"""Holds flnft's hidden Markov models against hmmlearn on random instances. Run by hand, after scripts/build:

    python3 -m venv ~/.cache/flnft/crosscheck
    ~/.cache/flnft/crosscheck/bin/pip install hmmlearn==0.3.3
    ~/.cache/flnft/crosscheck/bin/python scripts/crosscheck/hmm.py [INSTANCES] [SEED]

Prints the largest differences in log likelihoods, posteriors, Viterbi paths, and models fitted from one start by one
number of iterations; fails when one of them is more than rounding.
"""

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from hmmlearn.hmm import CategoricalHMM

ROOT = Path(__file__).resolve().parents[2]
FLNFT = ROOT / ".build" / "release" / "flnft"


def draw(random):
    """A random model, one to three sequences drawn evenly, and how often to iterate."""
    states, symbols = int(random.integers(1, 13)), int(random.integers(2, 17))
    concentration = random.choice([0.3, 1, 5])

    def laws(count, rows):
        return random.dirichlet(np.full(count, concentration), rows) * (1 - 1e-6) + 1e-6 / count

    lengths = [int(random.integers(states, 400)) for _ in range(random.integers(1, 4))]
    return {
        "initial": laws(states, 1)[0], "transition": laws(states, states), "emission": laws(symbols, states),
        "sequences": [random.integers(0, symbols, length) for length in lengths],
        "iterations": int(random.integers(1, 21)),
    }  # fmt: skip


def for_flnft(case):
    listed = {name: np.asarray(case[name]).tolist() for name in ("initial", "transition", "emission")}
    return listed | {
        "sequences": [(sequence + 1).tolist() for sequence in case["sequences"]], "iterations": case["iterations"],
    }  # fmt: skip


def model(case, **options):
    result = CategoricalHMM(len(case["initial"]), n_features=case["emission"].shape[1], **options)
    result.startprob_, result.transmat_, result.emissionprob_ = (
        case[name].copy() for name in ("initial", "transition", "emission")
    )
    return result


def joint(case, path, symbols):
    """The log probability of a path and its symbols, by definition."""
    moves = np.log(case["transition"][path[:-1], path[1:]]).sum()
    return np.log(case["initial"][path[0]]) + moves + np.log(case["emission"][path, symbols]).sum()


def compare(case, answer, implementation):
    """Differences by name."""
    given = model(case, implementation=implementation)
    lengths = [len(sequence) for sequence in case["sequences"]]
    symbols = np.concatenate(case["sequences"])[:, None]
    first = symbols[: lengths[0]]
    log_probability, path = given.decode(first)
    fitted = model(
        case, implementation=implementation, init_params="", n_iter=answer["iterations"], tol=-np.inf)
    fitted.fit(symbols, lengths)
    score = fitted.score(symbols, lengths)
    return {
        "log likelihood, relative": abs(answer["score"] / given.score(symbols, lengths) - 1),
        "posterior": np.abs(np.array(answer["posterior"]) - given.predict_proba(first)).max(),
        "Viterbi, log probability, relative": abs(answer["log_probability"] / log_probability - 1),
        # Paths may tie, where symbols repeat, and rounding decides; so paths are compared by their probabilities.
        "Viterbi, path's probability, relative": abs(
            joint(case, np.array(answer["states"]) - 1, first[:, 0]) / joint(case, path, first[:, 0]) - 1),
        "fit, log likelihood, relative": abs(answer["log_likelihood"] / score - 1),
        "fit, initial": np.abs(np.array(answer["initial"]) - fitted.startprob_).max(),
        "fit, transition": np.abs(np.array(answer["transition"]) - fitted.transmat_).max(),
        "fit, emission": np.abs(np.array(answer["emission"]) - fitted.emissionprob_).max(),
    }


def main(instances=300, seed=0):
    logging.getLogger("hmmlearn").setLevel(logging.ERROR)
    random = np.random.default_rng(seed)
    cases = [draw(random) for _ in range(instances)]
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "cases.json"), Path(folder, "answers.json")
        asked.write_text(json.dumps([for_flnft(case) for case in cases]))
        script = Path(__file__).with_suffix(".lua")
        subprocess.run([FLNFT, "run", script, asked, answered], check=True)
        answers = json.loads(answered.read_text())
    worst = {}
    iterations = 0
    for number, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        iterations += answer["iterations"]
        for name, difference in compare(case, answer, ["scaling", "log"][number % 2]).items():
            worst[name] = max(worst.get(name, 0), difference)
    print(f"{instances} instances, seed {seed}, {iterations} iterations in all; the largest differences:")
    for name, difference in worst.items():
        print(f"  {name:38} {difference:.2g}")
    return all(difference < 1e-8 for difference in worst.values())


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
