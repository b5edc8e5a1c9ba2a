/// What makes an RSA key unfit to trust, told from its public numbers.
enum RSAKeyRules {
    private static let bitsMin = 2_048  // RFC 7518 § 3.3.
    /// Larger ones cost the verifier more than they bring.
    private static let bitsMax = 8_192

    static func check(modulus: [UInt8], exponent: [UInt8]) throws(JOSEError) {
        let (n, e) = (BigNumber(modulus), BigNumber(exponent))
        guard (bitsMin...bitsMax).contains(n.bits) else {
            throw .invalidKey("an RSA key has \(bitsMin) to \(bitsMax) bits")
        }
        // FIPS 186-5 § 5.1: odd, above 2^16. Huge ones only make verifying slow.
        guard e.bits >= 17, e.bits <= 64, e.modulo(2) == 1, n.modulo(2) == 1 else {
            throw .invalidKey("e is odd and has 17 to 64 bits")
        }
        guard !hasROCAFingerprint(n) else {
            throw .invalidKey("the modulus has the structure that CVE-2017-15361 breaks")
        }
    }

    /// Keys of a faulty generator have primes that are powers of 65537 modulo each small prime, and
    /// so has their product; another key passes all of these by a chance of some 2^-27 at most.
    private static func hasROCAFingerprint(_ modulus: BigNumber) -> Bool {
        primes.allSatisfy { prime in
            let residue = modulus.modulo(prime)
            var power: UInt = 1
            repeat {
                if power == residue { return true }
                power = power * 65_537 % prime
            } while power != 1
            return false
        }
    }

    /// Odd primes to 167, as in the published test.
    private static let primes: [UInt] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
        101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ]
}
