/// The lower level of the two-level market (TBCIM): data, workers, the edge server.
enum TwoLevelMarketFunctions {
  static func all(_ context: RunContext) -> [Function] {
    DataQualityFunctions.all + WorkerFunctions.all + EdgeServerFunctions.all(context)
  }
}
