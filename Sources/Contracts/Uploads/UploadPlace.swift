/// A place in one of the files of an upload.
struct UploadPlace: Hashable {
    let file: String
    let pointer: JSONPointer

    func appending(_ token: String) -> UploadPlace {
        UploadPlace(file: file, pointer: pointer.appending(token))
    }

    /// The name that files have as bases of references. Only a name; nothing is ever opened by it.
    static func uri(of file: String) -> String {
        var bytes = Array("upload:///".utf8)
        for byte in file.utf8 {
            switch byte {
            case UInt8(ascii: "%"): bytes += Array("%25".utf8)
            case UInt8(ascii: "#"): bytes += Array("%23".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The file that a base names; nil for any other address.
    static func file(ofURI uri: String) -> String? {
        let scheme = "upload:///"
        guard uri.hasPrefix(scheme) else { return nil }
        return percentDecoded(uri.utf8.dropFirst(scheme.utf8.count))
    }
}

extension JSONPointer {
    /// As a reference within one document: `#/components/schemas/User`.
    var fragment: String {
        var bytes = [UInt8(ascii: "#")]
        for byte in description.utf8 {
            // Braces of paths stay, as every writer of contracts leaves them.
            let isPlain =
                byte.isASCIIDigit || (byte | 0x20) &- 0x61 < 26 || "/~-._!$&'()*+,;=:@?{}".utf8.contains(byte)
            bytes += isPlain ? [byte] : Array("%".utf8) + Self.hexadecimal(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
