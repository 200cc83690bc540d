import Tensor

/// `hmm:plot`.
enum HiddenMarkovDrawing {
  static var plot: Function {
    .method(
      Signature(
        "hmm:plot", "Draws the probabilities from state to state, and of each symbol in each state, as colours.",
        result: ChartOptions.result, example: "predict.hmm{ states = 2, symbols = 4, seed = 1 }:plot()")
    ) { (object: HiddenMarkovObject, _) in
      let model = object.model
      func map(_ matrix: Matrix, _ title: String, _ columns: String) -> Plot {
        Plot(
          .heatmap(.init(values: (0..<matrix.rows).map { Array(matrix.row($0)) }, valueLabel: "probability")),
          title: title, xLabel: columns, yLabel: "state")
      }
      return .object(
        PlotObject(
          Plot(
            .facets(
              [map(model.transition, "transition", "next state"), map(model.emission, "emission", "symbol")],
              columns: 2), title: "hidden Markov model")))
    }
  }
}
