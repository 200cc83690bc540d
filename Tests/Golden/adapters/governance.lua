-- Nodes, votes, elections, slashing and reputation of Network3.
local money = require("adapters.money")
local modes = require("adapters.translation").modes
local tokens, units, unit_list = money.tokens, money.units, money.unit_list

return {
  node_thresholds = function(x) return unit_list(token.node_thresholds{ circulation = tokens(x.circulation) }) end,
  node_tier = function(x)
    return { tier = token.node_tier{ circulation = tokens(x.circulation), pledge = tokens(x.pledge) } }
  end,
  voting_power = function(x)
    return {
      power = units(token.voting_power{
        pledge = tokens(x.pledge), votes = tokens(x.ve), ve_numerator = x.ve_num, ve_denominator = x.ve_den,
      }),
    }
  end,
  governance_vote = modes(function(x)
    local vote = token.governance_vote{
      kind = x.kind, voters = money.records(x.voters, { "pledge", "ve" }, { ve = "votes" }), quorum_bps = x.quorum_bps,
      chamber_quorum_bps = x.chamber_quorum_bps, ve_numerator = x.ve_num, ve_denominator = x.ve_den,
    }
    return {
      ["for"] = units(vote.in_favour), against = units(vote.against), abstain = units(vote.abstained),
      total = units(vote.total), quorum_met = vote.quorum_met, chamber = vote.chamber, passed = vote.passed,
      reason = vote.reason,
    }
  end),
  election_window = function(x)
    return token.election_window{ day = x.day, quarter_days = x.quarter_days, length = x.length }
  end,
  election = function(x)
    local result = token.election{
      seats = x.seats, minimum_pledge = tokens(x.min_pledge), candidates = money.records(x.candidates, { "pledge" }),
      votes = money.records(x.votes, { "snapshot", "pledge_now" }), enhancement_numerator = x.enh_num,
      enhancement_denominator = x.enh_den,
    }
    return { elected = result.elected, alternates = result.alternates, votes = unit_list(result.votes) }
  end,
  slash = function(x)
    local cut = token.slash{
      pledge = tokens(x.pledge), severity_bps = x.severity_bps, max_slash_bps = x.max_slash_bps,
      reporter_bps = x.reporter_bps, reporters = x.reporters, burn_bps = x.burn_bps,
    }
    return {
      slashed = units(cut.slashed), pledge_after = units(cut.pledge_after),
      reporter_rewards = unit_list(cut.reporter_rewards), burned = units(cut.burned), treasury = units(cut.treasury),
    }
  end,
  reputation_update = function(x) return token.reputation{ delta = x.delta, events = x.events } end,
  select_committee = function(x)
    local choice = token.committee{
      size = x.m, candidates = money.records(x.candidates, { "pledge" }), pledge_weight = x.alpha,
      reputation_weight = x.beta, contribution_weight = x.gamma,
    }
    return { committee = choice.committee, scores = choice.scores }
  end,
  pbft_quorum = function(x)
    local quorum = token.byzantine_quorum{ members = x.m }
    return { f = quorum.faults, quorum = quorum.quorum }
  end,
}
