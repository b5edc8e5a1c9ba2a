import CLinux
import Glibc

/// An IP address and port, or the path of a Unix socket.
package struct SocketAddress: Hashable, Sendable {
    /// The address as the kernel wants it.
    private let storage: [UInt8]

    init(storage: [UInt8]) {
        self.storage = storage
    }

    /// Reads numeric `host` (IPv4 or IPv6 without brackets); nil for a name. Nothing is resolved.
    package init?(host: String, port: UInt16) {
        var ipv4 = sockaddr_in()
        if inet_pton(AF_INET, host, &ipv4.sin_addr) == 1 {
            ipv4.sin_family = sa_family_t(AF_INET)
            ipv4.sin_port = port.bigEndian
            storage = withUnsafeBytes(of: ipv4, Array.init)
            return
        }
        var ipv6 = sockaddr_in6()
        guard inet_pton(AF_INET6, host, &ipv6.sin6_addr) == 1 else { return nil }
        ipv6.sin6_family = sa_family_t(AF_INET6)
        ipv6.sin6_port = port.bigEndian
        storage = withUnsafeBytes(of: ipv6, Array.init)
    }

    /// The 4 or 16 address bytes, network order; empty for a Unix socket.
    package var addressBytes: [UInt8] {
        switch family {
        case AF_INET: Array(storage[4..<8])
        case AF_INET6: Array(storage[8..<24])
        default: []
        }
    }

    package var port: UInt16 {
        family == AF_INET || family == AF_INET6
            ? UInt16(storage[2]) << 8 | UInt16(storage[3]) : 0
    }

    /// Numeric host without port.
    package var host: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard !addressBytes.isEmpty else { return "unix" }
        _ = addressBytes.withUnsafeBytes { bytes in
            inet_ntop(family, bytes.baseAddress!, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    var family: CInt {
        CInt(storage[0]) | CInt(storage[1]) << 8
    }

    func withSockaddr<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        storage.withUnsafeBytes { bytes in
            // A [UInt8] from the heap is aligned for any sockaddr.
            body(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    /// Calls `body` with room for an address, as accept(2) and getpeername(2) fill it.
    static func filled(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
    ) -> (result: CInt, address: SocketAddress?) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
        guard result >= 0 else { return (result, nil) }
        let bytes = withUnsafeBytes(of: storage) { Array($0.prefix(Int(length))) }
        return (result, SocketAddress(storage: bytes))
    }
}

extension SocketAddress: CustomStringConvertible {
    package var description: String {
        family == AF_INET6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
