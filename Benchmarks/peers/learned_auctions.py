"""One outer step of a learned auction after another: misreports climb R times, then Adam takes one step.

Two hidden tanh layers in an allocation and a payment network, softmax over the bidders and nobody, payments that are a
fraction of what the bidder says it gets; batches of 128. `loop` does one bidder after another, as users write it;
`stacked` puts all bidders' misreports into one batch; `manual` differentiates by hand inside the loop (one item);
`compiled` hands the step of the misreports and the loss to torch.compile.
"""

from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F

BATCH, POOL = 128, 64


class Net(nn.Module):
    def __init__(self, bidders, items, hidden):
        super().__init__()
        self.bidders, self.items = bidders, items

        def layers(outputs):
            return nn.Sequential(
                nn.Linear(bidders * items, hidden), nn.Tanh(), nn.Linear(hidden, hidden), nn.Tanh(),
                nn.Linear(hidden, outputs))

        self.allocation = layers((bidders + 1) * items)
        self.payment = layers(bidders)

    def forward(self, reports):
        flat = reports.reshape(reports.shape[0], -1)
        scores = self.allocation(flat).view(-1, self.bidders + 1, self.items)
        shares = torch.softmax(scores, 1)[:, : self.bidders]
        return shares, torch.sigmoid(self.payment(flat)) * (shares * reports).sum(2)


def misreport_utilities(net, values, misreports):
    """Each bidder's utility when it alone misreports: all of them in one batch."""
    n, count = net.bidders, values.shape[0]
    own = torch.eye(n).view(n, 1, n, 1)
    reports = own * misreports.unsqueeze(0) + (1 - own) * values.unsqueeze(0)
    shares, payments = net(reports.reshape(n * count, n, net.items))
    utilities = (shares.view(n, count, n, -1) * values.unsqueeze(0)).sum(3) - payments.view(n, count, n)
    return torch.diagonal(utilities, dim1=0, dim2=2)


def loss(net, values, misreports):
    shares, payments = net(values)
    utilities = (shares * values).sum(2) - payments
    regret = F.relu(misreport_utilities(net, values, misreports) - utilities).mean(0)
    return -payments.sum(1).mean() + (5 * regret).sum() + 0.5 * (regret**2).sum()


def stacked_step(net, values, misreports):
    misreports = misreports.detach().requires_grad_(True)
    (slope,) = torch.autograd.grad(misreport_utilities(net, values, misreports).sum(), misreports)
    return (misreports + 0.1 * slope).clamp(0, 1).detach()


def loop_step(net, values, misreports):
    moved = []
    for i in range(net.bidders):
        own = misreports[:, i].detach().requires_grad_(True)
        shares, payments = net(torch.cat([values[:, :i], own.unsqueeze(1), values[:, i + 1 :]], 1))
        utility = ((shares[:, i] * values[:, i]).sum(1) - payments[:, i]).sum()
        (slope,) = torch.autograd.grad(utility, own)
        moved.append((own + 0.1 * slope).clamp(0, 1).detach())
    return torch.stack(moved, 1)


def manual_step(net, values, misreports):
    """The derivative by hand, for one item."""
    n, count = net.bidders, values.shape[0]
    index = torch.arange(n)
    a = [layer for layer in net.allocation if isinstance(layer, nn.Linear)]
    p = [layer for layer in net.payment if isinstance(layer, nn.Linear)]
    with torch.no_grad():
        reports = values.unsqueeze(0).repeat(n, 1, 1, 1)
        reports[index, :, index] = misreports.transpose(0, 1)
        x = reports.view(n * count, n)
        h = torch.tanh(F.linear(x, a[0].weight, a[0].bias))
        g = torch.tanh(F.linear(h, a[1].weight, a[1].bias))
        shares = torch.softmax(F.linear(g, a[2].weight, a[2].bias), 1)
        k = torch.tanh(F.linear(x, p[0].weight, p[0].bias))
        q = torch.tanh(F.linear(k, p[1].weight, p[1].bias))
        fraction = torch.sigmoid(F.linear(q, p[2].weight, p[2].bias)).view(n, count, n)[index, :, index]
        own = shares.view(n, count, n + 1)[index, :, index]
        bid, value = misreports.transpose(0, 1).squeeze(2), values.transpose(0, 1).squeeze(2)
        flow = own * (value - fraction * bid)
        by_score = -shares.view(n, count, n + 1) * flow.unsqueeze(2)
        by_score[index, :, index] += flow
        d = by_score.view(n * count, n + 1) @ a[2].weight
        d = torch.addcmul(d, d, g * g, value=-1) @ a[1].weight
        d = torch.addcmul(d, d, h * h, value=-1) @ a[0].weight
        by_fraction = torch.zeros(n, count, n)
        by_fraction[index, :, index] = -own * bid * fraction * (1 - fraction)
        e = by_fraction.view(n * count, n) @ p[2].weight
        e = torch.addcmul(e, e, q * q, value=-1) @ p[1].weight
        e = torch.addcmul(e, e, k * k, value=-1) @ p[0].weight
        slope = (d + e).view(n, count, n)[index, :, index] - fraction * own
        return (misreports + 0.1 * slope.transpose(0, 1).unsqueeze(2)).clamp(0, 1)


def compiled(net):
    def step(values, misreports):
        slope = torch.func.grad(lambda own: misreport_utilities(net, values, own).sum())(misreports)
        return (misreports + 0.1 * slope).clamp(0, 1)

    fast_step = torch.compile(step, dynamic=False)
    fast_loss = torch.compile(lambda values, misreports: loss(net, values, misreports), dynamic=False)

    def no_grad_step(values, misreports):
        with torch.no_grad():
            return fast_step(values, misreports)

    return no_grad_step, fast_loss


def steps(how, bidders, items, hidden, climbs, count):
    net = Net(bidders, items, hidden)
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3, fused=how != "loop" or None)
    values = torch.rand(POOL, BATCH, bidders, items)
    misreports = torch.rand(POOL, BATCH, bidders, items)
    kinds = {"loop": loop_step, "stacked": stacked_step, "manual": manual_step}
    if how == "compiled":
        climb, objective = compiled(net)
    else:
        climb, objective = partial(kinds[how], net), partial(loss, net)

    def run():
        for i in range(count):
            place = i % POOL
            for _ in range(climbs):
                misreports[place] = climb(values[place], misreports[place])
            optimiser.zero_grad(set_to_none=True)
            objective(values[place], misreports[place]).backward()
            optimiser.step()

    return run


def variants(bidders, items, hidden, climbs):
    """Name to a function that, given how many outer steps, builds the work."""
    names = ["loop", "stacked", "compiled"] + (["manual"] if items == 1 else [])
    return {how: partial(steps, how, bidders, items, hidden, climbs) for how in names}


workloads = {
    "ranet-10": variants(5, 1, 32, 10),
    "ranet-25": variants(5, 1, 32, 25),
    "ranet-10-wide": variants(5, 1, 100, 10),
    "ranet-25-wide": variants(5, 1, 100, 25),
    "regretnet-2x2": variants(2, 2, 100, 25),
}
