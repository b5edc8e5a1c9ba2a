import Access
import COpenSSL

// Signatures in the form that JOSE wants: for ECDSA the two numbers side by side (RFC 7518 § 3.4),
// not OpenSSL's DER.
extension EVPKey {
    func sign(_ message: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        var parameters: OpaquePointer?
        guard EVP_DigestSignInit(context, &parameters, algorithm.digest, nil, pointer) == 1,
            algorithm.setPadding(parameters),
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { preconditionFailure("a key signs by the algorithm that it was made for") }
        var signature = [UInt8](repeating: 0, count: count)
        precondition(
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
            "signing memory cannot fail")
        signature.removeLast(signature.count - count)
        return algorithm == .es256 ? ECDSASignature.joined(der: signature) : signature
    }

    func verifies(
        _ signature: [UInt8], over message: [UInt8], _ algorithm: SignatureAlgorithm
    ) -> Bool {
        defer { ERR_clear_error() }
        var signature = signature
        if algorithm == .es256 {
            guard let der = ECDSASignature.der(joined: signature) else { return false }
            signature = der
        }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var parameters: OpaquePointer?
        return EVP_DigestVerifyInit(context, &parameters, algorithm.digest, nil, pointer) == 1
            && algorithm.setPadding(parameters)
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

extension SignatureAlgorithm {
    /// Ed25519 hashes by itself.
    fileprivate var digest: OpaquePointer? { self == .edDSA ? nil : EVP_sha256() }

    /// PS256: salt as long as the hash, the hash also for the mask (RFC 7518 § 3.5).
    fileprivate func setPadding(_ parameters: OpaquePointer?) -> Bool {
        guard self == .ps256 else { return true }
        return EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1
            && EVP_PKEY_CTX_set_rsa_mgf1_md(parameters, EVP_sha256()) == 1
    }
}

/// The two forms of an ECDSA signature over P-256.
enum ECDSASignature {
    private static let numberBytes = 32

    static func joined(der: [UInt8]) -> [UInt8] {
        let signature = der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &start, buffer.count)
        }
        guard let signature else { preconditionFailure("OpenSSL writes DER") }
        defer { ECDSA_SIG_free(signature) }
        var joined = [UInt8](repeating: 0, count: 2 * numberBytes)
        joined.withUnsafeMutableBufferPointer { buffer in
            _ = BN_bn2binpad(ECDSA_SIG_get0_r(signature), buffer.baseAddress, CInt(numberBytes))
            _ = BN_bn2binpad(
                ECDSA_SIG_get0_s(signature), buffer.baseAddress.map { $0 + numberBytes },
                CInt(numberBytes))
        }
        return joined
    }

    /// Nil unless there are exactly 64 bytes. The range of the numbers is OpenSSL's to check.
    static func der(joined: [UInt8]) -> [UInt8]? {
        guard joined.count == 2 * numberBytes, let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let r = BN_bin2bn(joined, CInt(numberBytes), nil)
        let s = BN_bin2bn(Array(joined[numberBytes...]), CInt(numberBytes), nil)
        guard ECDSA_SIG_set0(signature, r, s) == 1 else { return nil }
        let count = i2d_ECDSA_SIG(signature, nil)
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
            var end = buffer.baseAddress
            initialized = Int(i2d_ECDSA_SIG(signature, &end))
        }
    }
}

/// HMAC with SHA-256, compared in constant time.
package enum HMACSHA256 {
    package static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            var written: UInt32 = 32
            let done = HMAC(
                EVP_sha256(), key, CInt(key.count), message, message.count, buffer.baseAddress,
                &written)
            precondition(done != nil, "HMAC needs memory only")
            count = Int(written)
        }
    }

    package static func verifies(_ code: [UInt8], over message: [UInt8], key: [UInt8]) -> Bool {
        SecretComparison.areEqual(code, Self.code(message, key: key))
    }
}
