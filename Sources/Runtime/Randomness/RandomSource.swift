import COpenSSL
import Synchronization

/// Where randomness comes from. The second implementation is seeded, for tests and replayed runs.
package protocol RandomSource: Sendable {
    /// `count` unpredictable bytes, fit for secrets.
    func bytes(_ count: Int) -> [UInt8]
    /// One unpredictable word.
    func next() -> UInt64
}

/// OpenSSL's generator.
package struct SystemRandom: RandomSource {
    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        OpenSSLLibrary.load()
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let result = RAND_bytes(buffer.baseAddress, CInt(count))
            // Without randomness no secret may be made: going on would be worse than stopping.
            precondition(result == 1, "the random generator failed")
            initialized = count
        }
    }

    package func next() -> UInt64 {
        bytes(8).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    }
}

/// SplitMix64 from a seed: the same numbers for the same seed. Never for secrets in production.
package final class SeededRandom: RandomSource {
    private let state: Mutex<UInt64>

    package init(seed: UInt64) {
        state = Mutex(seed)
    }

    package func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            withUnsafeBytes(of: next().littleEndian) { word in
                bytes.append(contentsOf: word.prefix(count - bytes.count))
            }
        }
        return bytes
    }
}
