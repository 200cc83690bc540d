import Testing
@testable import Scripting
