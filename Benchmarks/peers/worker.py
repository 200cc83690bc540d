"""PyTorch, nashpy, scipy, hmmlearn and radCAD on one thread, driven line by line, so that their runs can alternate with ours.

    variants mlp-64                    ->  ok tensors-plain tensors-foreach ...
    run mlp-64 tensors-fused 60000     ->  ok 0.7312         CPU seconds of this process for 60,000 samples
    version mlp-64                     ->  ok PyTorch 2.13.0
    version hmm-fit                    ->  ok hmmlearn 0.3.3

Anything that fails is answered by `error` and the reason, on one line. The first run of a variant builds and compiles
it, so it is to be thrown away.
"""

import os
import sys
import time

# Before torch is imported: it reads this once.
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402

import continuous  # noqa: E402
import economy  # noqa: E402
import evaluation  # noqa: E402
import games  # noqa: E402
import hidden_markov  # noqa: E402
import learned_auctions  # noqa: E402
import training  # noqa: E402

torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(1)
torch._dynamo.config.recompile_limit = 64

workloads = {name: training.variants(name) for name in ("mlp-64", "mlp-200", "cnn-mnist", "cnn-cifar")} | {
    "mlp-64-loader": training.loader_variants("mlp-64"),
    "mlp-2nn-10": training.variants("mlp-2nn", batch=10),
    "evaluate-64": evaluation.variants("mlp-64"),
    "evaluate-cnn-mnist": evaluation.variants("cnn-mnist"),
    "evaluate-cnn-cifar": evaluation.variants("cnn-cifar"),
    "supports-6": games.support_variants(6),
    "supports-8": games.support_variants(8),
    "lemke-howson-12": games.path_variants(12),
} | hidden_markov.workloads | continuous.workloads | learned_auctions.workloads | economy.workloads
built = {}


def run(workload, variant, samples):
    """CPU seconds that the variant takes for so many samples."""
    key = workload, variant, samples
    if key not in built:
        built[key] = workloads[workload][variant](samples)
    started = time.process_time()
    built[key]()
    return time.process_time() - started


def answer(words):
    match words:
        case ["version", workload] if workload in hidden_markov.workloads:
            return hidden_markov.version()
        case ["version", "economy"]:
            return economy.version()
        case ["version", _]:
            return f"PyTorch {torch.__version__.split('+')[0]}"
        case ["variants", workload]:
            return " ".join(workloads[workload])
        case ["run", workload, variant, samples]:
            return f"{run(workload, variant, int(samples)):.6f}"
    raise ValueError("unknown request: " + " ".join(words))


# What libraries print goes to standard error: standard output is for answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
for line in sys.stdin:
    try:
        reply = "ok " + answer(line.split())
    except Exception as failure:
        reply = "error " + " ".join(f"{type(failure).__name__}: {failure}".split())[:300]
    print(reply, file=answers, flush=True)
