/// What people call the same thing in this field: `help.search` finds one by the other.
enum Synonyms {
  /// Groups of terms, each term as the stems of its words.
  static let groups: [[[String]]] = lines.split(separator: "\n").map { line in
    line.split(separator: ",").map { SearchWords.stems(in: String($0)) }
  }

  /// The other terms of the groups that a term belongs to.
  static func others(of term: [String]) -> [[String]] {
    groups.filter { $0.contains(term) }.joined().filter { $0 != term }
  }

  /// Whether some words together are a term of their own.
  static func isTerm(_ words: [String]) -> Bool { groups.contains { $0.contains(words) } }

  private static let lines = """
    truthful, truth, strategy proof, strategyproof, incentive compatible, incentive compatibility, lie, liar, cheat, \
    manipulate, misreport, honest, dishonest
    budget balance, balanced budget, deficit, surplus, subsidy
    individual rationality, individually rational, participation, voluntary
    privacy, private, epsilon, noise, differential privacy
    reward, payment, pay, paid, compensation, remuneration, payout
    client, member, device, participant, worker
    seller, provider, supplier
    buyer, consumer, bidder
    auction, mechanism, market
    draw, plot, chart, graph, picture, diagram, visualise, visualize
    check, audit, verify, prove, violate
    equilibrium, nash, equilibria
    matrix game, bimatrix, normal form
    contribution, contribute, shapley, leave one out
    poison, attack, malicious, adversary, byzantine, robust, guard
    uneven, skewed, heterogeneous, non iid, noniid, imbalanced, dirichlet
    split, partition, spread, divide, distribute
    predict, forecast, foretell, guess
    resume, continue, checkpoint, restart
    train, learn, fit
    read, load, import, open
    write, save, export, store
    table, frame, spreadsheet, dataframe
    network, net
    random, randomness, reproducible, seed
    efficient, efficiency, welfare
    fair, fairness, envy, gini
    penalty, penalise, penalize, slash, punish, punishment, fine
    drop out, dropout, failure, fail, straggler, offline
    time, bench, duration, fast, slow, speed
    vote, voting, ballot
    money, token, coin, currency
    crowdfunding, donation, donate, fundraising
    """
}
