/// The incentive game of a federation whose model is sold as a token.
///
/// Members of a decentralised organisation train one model and choose how much to work and how much privacy to give
/// up; service providers bid for the model's quality and freshness. The functions here are the game's building blocks,
/// each beside its equation.
///
/// Sources: FL-NFT = "Ownership Tokenization and Incentive Design for Learning-based User-Generated Content";
/// PMS-AM = "A Privacy-preserving Auction Mechanism for Learning Model as an NFT in Blockchain-Driven Metaverse".
/// Equation numbers are given as FL-NFT (n) and PMS-AM (n). Matrices have a row per member, a column per provider.
public enum IncentiveModel {}
