import CGMP

extension Natural {
  public static func + (left: Natural, right: Natural) -> Natural {
    left.withInteger { left in right.withInteger { right in computed { __gmpz_add(&$0, &left, &right) } } }
  }

  /// What is missing from `right` to `left`; zero when nothing is.
  public static func - (left: Natural, right: Natural) -> Natural {
    guard left > right else { return .zero }
    return left.withInteger { left in right.withInteger { right in computed { __gmpz_sub(&$0, &left, &right) } } }
  }

  public static func * (left: Natural, right: Natural) -> Natural {
    left.withInteger { left in right.withInteger { right in computed { __gmpz_mul(&$0, &left, &right) } } }
  }

  /// The remainder on division.
  ///
  /// - Precondition: the divisor is above 0.
  public static func % (left: Natural, divisor: Natural) -> Natural {
    precondition(!divisor.isZero, "nothing is left of a division by zero")
    if left < divisor { return left }
    return left.withInteger { left in divisor.withInteger { right in computed { __gmpz_mod(&$0, &left, &right) } } }
  }

  /// How often the divisor fits in.
  ///
  /// - Precondition: the divisor is above 0.
  public func quotient(by divisor: Natural) -> Natural {
    precondition(!divisor.isZero, "nothing can be divided by zero")
    return withInteger { left in
      divisor.withInteger { right in Self.computed { __gmpz_fdiv_q(&$0, &left, &right) } }
    }
  }

  /// Half of it, rounded down.
  public var half: Natural { withInteger { integer in Self.computed { __gmpz_fdiv_q_2exp(&$0, &integer, 1) } } }

  /// This to the power of `exponent`, modulo `modulus`.
  ///
  /// - Precondition: the modulus is above 0.
  func power(_ exponent: Natural, modulo modulus: Natural) -> Natural {
    precondition(!modulus.isZero, "nothing is left of a division by zero")
    return withInteger { base in
      exponent.withInteger { exponent in
        modulus.withInteger { modulus in Self.computed { __gmpz_powm(&$0, &base, &exponent, &modulus) } }
      }
    }
  }

  /// What makes this 1 when multiplied modulo `modulus`; nil where there is nothing.
  ///
  /// - Precondition: the modulus is above 0.
  func inverse(modulo modulus: Natural) -> Natural? {
    precondition(!modulus.isZero, "nothing is left of a division by zero")
    var exists = false
    let inverse = withInteger { value in
      modulus.withInteger { modulus in
        Self.computed { exists = __gmpz_invert(&$0, &value, &modulus) != 0 }
      }
    }
    return exists ? inverse : nil
  }

  /// Whether it is a prime, wrong about a composite with a chance below 4^-30 (Baillie-PSW, then Miller-Rabin).
  public var isProbablyPrime: Bool { withInteger { __gmpz_probab_prime_p(&$0, 30) } > 0 }
}
