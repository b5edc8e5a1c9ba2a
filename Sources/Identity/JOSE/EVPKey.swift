import COpenSSL

/// A key of OpenSSL's, freed with its last owner.
final class EVPKey: @unchecked Sendable {
    // EVP_PKEY is immutable once made; each signature and verification has a context of its own.
    let pointer: OpaquePointer

    /// Takes over the reference.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_free(pointer)
    }
}

// MARK: - Making

extension EVPKey {
    /// A new private key. RSA has 2,048 bits (RFC 7518 § 3.3's least).
    static func generate(_ algorithm: SignatureAlgorithm) -> EVPKey {
        let made: OpaquePointer?
        switch algorithm {
        case .es256: made = sbx_EVP_EC_gen("P-256")
        case .rs256, .ps256: made = sbx_EVP_RSA_gen(2_048)
        case .edDSA: made = sbx_EVP_ED25519_gen()
        case .hs256: preconditionFailure("a shared secret is no key pair")
        }
        guard let made else { preconditionFailure("making a key cannot fail but for memory") }
        return EVPKey(owning: made)
    }

    /// P-256 from its affine coordinates, 32 bytes each; nil when the point is not on the curve.
    static func p256(x: [UInt8], y: [UInt8]) -> EVPKey? {
        let point = [4] + x + y
        let key = point.withUnsafeBufferPointer { point in
            fromParameters("EC") { builder in
                OSSL_PARAM_BLD_push_utf8_string(builder, name("group"), name("prime256v1"), 0) == 1
                    && OSSL_PARAM_BLD_push_octet_string(
                        builder, name("pub"), point.baseAddress, point.count) == 1
            }
        }
        return key.flatMap { $0.isValid ? $0 : nil }
    }

    static func rsa(modulus: [UInt8], exponent: [UInt8]) -> EVPKey? {
        let (n, e) = (BigNumber(modulus), BigNumber(exponent))
        return withExtendedLifetime((n, e)) {
            fromParameters("RSA") { builder in
                OSSL_PARAM_BLD_push_BN(builder, name("n"), n.pointer) == 1
                    && OSSL_PARAM_BLD_push_BN(builder, name("e"), e.pointer) == 1
            }
        }
    }

    static func ed25519(_ bytes: [UInt8]) -> EVPKey? {
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            .map(EVPKey.init(owning:))
    }

    /// A private key from PKCS #8 in DER.
    convenience init?(pkcs8: [UInt8]) {
        let made = pkcs8.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &start, buffer.count)
        }
        guard let made else { return nil }
        self.init(owning: made)
    }

    private var isValid: Bool {
        guard let context = EVP_PKEY_CTX_new(pointer, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        return EVP_PKEY_public_check(context) == 1
    }

    /// The builder keeps the pointers that `push` gives it, so they must outlive this call.
    private static func fromParameters(
        _ type: String, _ push: (OpaquePointer) -> Bool
    ) -> EVPKey? {
        defer { ERR_clear_error() }
        guard let builder = OSSL_PARAM_BLD_new() else { return nil }
        defer { OSSL_PARAM_BLD_free(builder) }
        guard push(builder), let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &made, sbx_EVP_PKEY_PUBLIC_KEY(), parameters) == 1, let made
        else { return nil }
        return EVPKey(owning: made)
    }
}

// MARK: - Taking apart

extension EVPKey {
    /// PKCS #8 in DER. For sealing only.
    var pkcs8: [UInt8] {
        guard let form = EVP_PKEY2PKCS8(pointer) else {
            preconditionFailure("a public key has no private form")
        }
        defer { PKCS8_PRIV_KEY_INFO_free(form) }
        return Self.der { i2d_PKCS8_PRIV_KEY_INFO(form, $0) }
    }

    /// The coordinates of a P-256 key, 32 bytes each.
    var p256Coordinates: (x: [UInt8], y: [UInt8]) {
        var point = [UInt8](repeating: 0, count: 65)
        var count = 0
        let isRead = EVP_PKEY_get_octet_string_param(
            pointer, "encoded-pub-key", &point, point.count, &count)
        precondition(isRead == 1 && count == 65, "an uncompressed point of P-256")
        return (Array(point[1..<33]), Array(point[33...]))
    }

    /// A number of an RSA key: `n` or `e`, without leading zeros.
    func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number else {
            preconditionFailure("an RSA key has \(name)")
        }
        return BigNumber(owning: number).bytes
    }

    var ed25519Bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = 32
        precondition(EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1, "an Ed25519 key")
        return bytes
    }

    private static func der(
        _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> CInt
    ) -> [UInt8] {
        let count = write(nil)
        precondition(count > 0, "writing DER to memory cannot fail")
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
            var end = buffer.baseAddress
            initialized = Int(write(&end))
        }
    }
}

/// The literal as a C string that lives as long as the program.
private func name(_ literal: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// A number of OpenSSL's, freed with its owner.
final class BigNumber {
    let pointer: OpaquePointer

    init(_ bytes: [UInt8]) {
        guard let made = BN_bin2bn(bytes, CInt(bytes.count), nil) else {
            preconditionFailure("a number needs memory only")
        }
        pointer = made
    }

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        BN_free(pointer)
    }

    var bits: Int { Int(BN_num_bits(pointer)) }

    func modulo(_ divisor: UInt) -> UInt { UInt(BN_mod_word(pointer, divisor)) }

    /// Big-endian without leading zeros.
    var bytes: [UInt8] {
        let count = (bits + 7) / 8
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = Int(BN_bn2bin(pointer, buffer.baseAddress))
        }
    }
}
