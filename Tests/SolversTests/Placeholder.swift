import Testing
@testable import Solvers
