import CGLPK
import Tensor

/// Maximise a linear objective subject to linear rows; variables are at least 0 unless free.
///
/// GLPK's simplex method does the work. It should be given coefficients of about 1 in size: its tolerance is 1e-9.
struct LinearProgram {
  enum Bound {
    case equal(Double)
    case atMost(Double)
    case atLeast(Double)
  }

  struct Solution {
    let value: Double
    let variables: [Double]
    /// What a unit of each row's bound would add to the value.
    let rowPrices: [Double]
    let pivots: Int
  }

  typealias Row = (terms: [(variable: Int, factor: Double)], bound: Bound)
  let objective: [Double]
  let freeVariables: Set<Int>
  private(set) var rows: [Row] = []
  private var termCount = 0

  init(objective: [Double], freeVariables: Set<Int> = []) {
    self.objective = objective
    self.freeVariables = freeVariables
  }

  mutating func addRow(_ terms: [(variable: Int, factor: Double)], _ bound: Bound) {
    let terms = terms.filter { $0.factor != 0 }
    rows.append((terms, bound))
    termCount += terms.count
  }

  /// - Returns: an optimal basic solution; nil when no point satisfies the rows.
  /// - Throws: `Cancelled`; `InvalidParameter` when the objective has no bound or the method broke down.
  func solve(cancellation: Cancellation = .never) throws -> Solution? {
    // GLPK talks to the terminal unless told not to; the setting is the thread's own.
    glp_term_out(Int32(GLP_OFF))
    guard let problem = glp_create_prob() else {
      throw SolverError(.invalidParameter, "there is not enough memory for the linear programme")
    }
    defer { glp_delete_prob(problem) }
    load(into: problem)
    var settings = glp_smcp()
    glp_init_smcp(&settings)
    settings.msg_lev = Int32(GLP_MSG_OFF)
    // Returns now and then, to be asked on from where it stopped, so that the user can interrupt it.
    settings.tm_lim = 50
    while true {
      let status = glp_simplex(problem, &settings)
      try cancellation.check()
      if status == GLP_ETMLIM { continue }
      guard status == 0 else {
        throw SolverError(
          .invalidParameter, "the linear programme cannot be solved: GLPK's simplex method ended with \(status)")
      }
      break
    }
    switch glp_get_status(problem) {
    case Int32(GLP_OPT): return solution(of: problem)
    case Int32(GLP_NOFEAS): return nil
    default: throw SolverError(.invalidParameter, "the linear programme has no largest value")
    }
  }

  private func load(into problem: OpaquePointer) {
    glp_set_obj_dir(problem, Int32(GLP_MAX))
    glp_add_cols(problem, Int32(objective.count))
    for (variable, weight) in objective.enumerated() {
      let kind = freeVariables.contains(variable) ? GLP_FR : GLP_LO
      glp_set_col_bnds(problem, Int32(variable + 1), Int32(kind), 0, 0)
      glp_set_obj_coef(problem, Int32(variable + 1), weight)
    }
    guard !rows.isEmpty else { return }
    glp_add_rows(problem, Int32(rows.count))
    // GLPK counts from 1 and leaves the first entry alone.
    var rowPlaces: [Int32] = [0]
    var columnPlaces: [Int32] = [0]
    var factors = [0.0]
    for (index, row) in rows.enumerated() {
      let place = Int32(index + 1)
      switch row.bound {
      case .equal(let bound): glp_set_row_bnds(problem, place, Int32(GLP_FX), bound, bound)
      case .atMost(let bound): glp_set_row_bnds(problem, place, Int32(GLP_UP), 0, bound)
      case .atLeast(let bound): glp_set_row_bnds(problem, place, Int32(GLP_LO), bound, 0)
      }
      for term in row.terms {
        rowPlaces.append(place)
        columnPlaces.append(Int32(term.variable + 1))
        factors.append(term.factor)
      }
    }
    glp_load_matrix(problem, Int32(termCount), rowPlaces, columnPlaces, factors)
  }

  private func solution(of problem: OpaquePointer) -> Solution {
    Solution(
      value: glp_get_obj_val(problem),
      variables: objective.indices.map { glp_get_col_prim(problem, Int32($0 + 1)) },
      rowPrices: rows.indices.map { glp_get_row_dual(problem, Int32($0 + 1)) },
      pivots: Int(glp_get_it_cnt(problem)))
  }
}
