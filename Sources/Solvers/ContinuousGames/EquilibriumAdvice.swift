/// What to try where no equilibrium was found, and what to look at where one was.
struct EquilibriumAdvice {
  let game: ContinuousGame
  let options: EquilibriumOptions
  let outcome: DynamicsOutcome
  let regret: RegretReport
  let converged: Bool
  let multistart: MultistartReport

  var sentences: [String] { converged ? cautions : remedies }

  private var cautions: [String] {
    var sentences: [String] = []
    if multistart.equilibria.count > 1 {
      sentences.append(
        "\(multistart.equilibria.count) different equilibria were found from \(multistart.starts) starts; the game does "
          + "not single one out")
    }
    if multistart.converged < multistart.starts {
      sentences.append(
        "\(multistart.starts - multistart.converged) of \(multistart.starts) starts led to no equilibrium")
    }
    return sentences
  }

  private var remedies: [String] {
    var sentences: [String] = []
    if let worst = regret.worst {
      sentences.append(
        "no equilibrium in pure strategies was found; in the best profile met, \(worst.name) still gains \(worst.gain) "
          + "by another strategy")
    }
    switch options.method {
    case .fictitiousPlay(let points), .logit(let points, _):
      sentences.append(
        "a grid of \(points) points per axis cannot be more exact than its spacing: use more points, or start 'newton' "
          + "or 'best response' from this profile")
    case .automatic: break
    default: sentences.append("try the automatic method, which goes through several")
    }
    if !outcome.settled {
      sentences.append("the iteration did not settle: try damping 0.5, extragradient, or more iterations")
    }
    if outcome.mixed == nil {
      sentences.append(
        "the game may have no pure equilibrium: fictitious play or logit dynamics look for a mixed one on a grid")
    } else if let gap = outcome.mixed?.gap {
      sentences.append("as mixed strategies on the grid, the same play leaves nobody more than \(gap) to gain")
    }
    return sentences
  }
}
