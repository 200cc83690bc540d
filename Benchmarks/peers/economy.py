"""A week of a token economy of a hundred agents in radCAD, with numpy for the agents.

It does less than `token.simulate`: floats instead of money to the unit, no escrows, early exits, elections or slashing,
and a dozen measures instead of thirty. What is left is the same: vesting, gas bought on a constant-product market,
emission by role, staking income by boost, and what everybody stakes and sells.
"""

from functools import partial

import numpy

WEEKS = 520
SUPPLY = 1e9
STAKERS, MINERS, OTHERS = 50, 30, 20


def genesis(seed):
    random = numpy.random.default_rng(seed)
    weights = numpy.exp(random.normal(size=STAKERS + MINERS + OTHERS))
    weights /= weights.sum()
    return {
        "agents": numpy.stack([0.1 * SUPPLY * weights, numpy.zeros_like(weights), 0.2 * SUPPLY * weights]),
        "market": numpy.array([0.05 * SUPPLY, 3e6]),
        "pool": 0.45 * SUPPLY,
        "burned": 0.0,
        "usage": 200_000.0,
        "week": 0,
        "flows": numpy.zeros(6),
        "measures": {},
        "random": random,
    }


def arrivals(params, substep, history, state):
    """What the users spend, and what the network releases."""
    shock = state["random"].normal()
    usage = min(state["usage"] * numpy.exp(params["growth"] / 52 + params["volatility"] * shock), 1e15)
    return {"usage": usage, "emission": state["pool"] * params["rate"]}


def trade(market, tokens=0.0, cash=0.0):
    """Buys with cash or sells tokens; gives the market after it and what came out."""
    held_tokens, held_cash = market
    if cash:
        bought = held_tokens * cash / (held_cash + cash)
        return numpy.array([held_tokens - bought, held_cash + cash]), bought
    earned = held_cash * tokens / (held_tokens + tokens)
    return numpy.array([held_tokens + tokens, held_cash - earned]), earned


def decisions(params, substep, history, state):
    """Stakers stake what is free while it pays; miners sell what their machines cost."""
    liquid, staked, _ = state["agents"]
    stake = numpy.zeros_like(liquid)
    stake[:STAKERS] = 0.5 * liquid[:STAKERS]
    sale = numpy.zeros_like(liquid)
    sale[STAKERS : STAKERS + MINERS] = 0.4 * liquid[STAKERS : STAKERS + MINERS]
    return {"stake": stake, "sale": sale}


def next_usage(params, substep, history, state, signal):
    return "usage", signal["usage"]


def next_pool(params, substep, history, state, signal):
    return "pool", state["pool"] - signal["emission"]


def next_week(params, substep, history, state, signal):
    return "week", state["week"] + 1


def next_market(params, substep, history, state, signal):
    market, _ = trade(state["market"], cash=signal["usage"])
    return "market", market


def next_flows(params, substep, history, state, signal):
    _, fees = trade(state["market"], cash=signal["usage"])
    burned = params["burn"] * fees
    income = fees - burned
    return "flows", numpy.array([fees, burned, 0.5 * income, signal["emission"], income * 0.25, income * 0.25])


def paid(params, substep, history, state, signal):
    liquid, staked, grant = state["agents"]
    week = state["week"]
    freed = grant / 104 if 26 <= week < 130 else 0.0
    boost = numpy.where(numpy.arange(liquid.size) < 30, 1.75, 1.0)
    weight = staked * boost
    share = weight / weight.sum() if weight.sum() > 0 else weight
    work = numpy.zeros_like(liquid)
    work[STAKERS : STAKERS + MINERS] = signal["emission"] / MINERS
    return "agents", numpy.stack([liquid + freed + state["flows"][2] * share + work, staked, grant])


def moved(params, substep, history, state, signal):
    liquid, staked, grant = state["agents"]
    stake, sale = signal["stake"], signal["sale"]
    return "agents", numpy.stack([liquid - stake - sale, staked + stake, grant])


def sold(params, substep, history, state, signal):
    market, _ = trade(state["market"], tokens=signal["sale"].sum())
    return "market", market


def burning(params, substep, history, state, signal):
    return "burned", state["burned"] + state["flows"][1]


def measured(params, substep, history, state, signal):
    liquid, staked, _ = state["agents"]
    held = numpy.sort(liquid + staked)
    rank = numpy.arange(1, held.size + 1)
    supply = SUPPLY - state["burned"]
    circulation = supply - state["pool"]
    price = state["market"][1] / state["market"][0]
    total = staked.sum()
    return "measures", {
        "supply": supply, "circulation": circulation, "price": price, "market_cap": circulation * price,
        "staked": total, "staked_share": total / circulation, "pool_left": state["pool"],
        "gini": 2 * (rank * held).sum() / (held.size * held.sum()) - (held.size + 1) / held.size,
        "base_apr": 52 * state["flows"][2] / total if total > 0 else 0.0, "fees": state["flows"][0],
        "attack_tokens": total / 2, "attack_cost": total / 2 * price,
    }


BLOCKS = [
    {
        "policies": {"arrivals": arrivals},
        "variables": {
            "usage": next_usage, "pool": next_pool, "market": next_market, "flows": next_flows, "agents": paid,
            "week": next_week,
        },
    },
    {"policies": {"decisions": decisions}, "variables": {"agents": moved, "market": sold, "burned": burning}},
    {"policies": {}, "variables": {"measures": measured}},
]


def simulating(deepcopy, weeks):
    from radcad import Backend, Engine, Model, Simulation

    runs = max(1, weeks // WEEKS)
    params = {"rate": [0.003327], "growth": [0.3], "volatility": [0.05], "burn": [0.0]}

    def run():
        for seed in range(runs):
            simulation = Simulation(
                model=Model(initial_state=genesis(seed), state_update_blocks=BLOCKS, params=params), timesteps=WEEKS, runs=1)
            simulation.engine = Engine(backend=Backend.SINGLE_PROCESS, deepcopy=deepcopy, drop_substeps=True)
            rows = simulation.run()
            assert len(rows) >= WEEKS and rows[-1]["measures"]["staked"] > 0

    return run


workloads = {"economy": {"copying": partial(simulating, True), "sharing": partial(simulating, False)}}


def version():
    from importlib.metadata import version

    return f"radCAD {version('radcad')}"
