"""hmmlearn's CategoricalHMM: 8 states, 16 symbols, a sequence of 100,000."""

import logging
from functools import partial

import numpy as np

STATES, SYMBOLS, LENGTH = 8, 16, 100_000


def prepared(implementation, iterations=1):
    """A model with random probabilities, and a sequence drawn from another."""
    from hmmlearn.hmm import CategoricalHMM

    # It warns when an iteration gains little, which is none of our business here.
    logging.getLogger("hmmlearn").setLevel(logging.ERROR)
    random = np.random.default_rng(0)

    def model(**options):
        drawn = CategoricalHMM(STATES, random_state=1, n_features=SYMBOLS, **options)
        drawn.startprob_ = random.dirichlet(np.ones(STATES))
        drawn.transmat_ = random.dirichlet(np.ones(STATES), STATES)
        drawn.emissionprob_ = random.dirichlet(np.ones(SYMBOLS), STATES)
        return drawn

    symbols, _ = model().sample(LENGTH, random_state=2)
    # It begins where it stands, and makes every iteration it is asked for.
    return model(implementation=implementation, init_params="", n_iter=iterations, tol=-np.inf), symbols


def fitting(implementation, times):
    model, symbols = prepared(implementation, iterations=times)
    start = model.startprob_, model.transmat_, model.emissionprob_

    def run():
        model.startprob_, model.transmat_, model.emissionprob_ = (law.copy() for law in start)
        model.fit(symbols)
        assert model.monitor_.iter == times

    return run


def repeating(method, implementation, times):
    model, symbols = prepared(implementation)

    def run():
        for _ in range(times):
            getattr(model, method)(symbols)

    return run


def variants(work):
    """Name to a function that, given how many times, builds the work."""
    return {how: partial(work, how) for how in ("scaling", "log")}


workloads = {
    "hmm-fit": variants(fitting),
    "hmm-score": variants(partial(repeating, "score")),
    "hmm-viterbi": variants(partial(repeating, "decode")),
    "hmm-posterior": variants(partial(repeating, "predict_proba")),
}


def version():
    import hmmlearn

    return f"hmmlearn {hmmlearn.__version__}"
