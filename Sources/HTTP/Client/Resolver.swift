import CLinux
import Glibc
package import Runtime

/// Turns host names into addresses.
package protocol Resolver: Sendable {
    /// Every address of the name, in the order to be tried; empty when it has none.
    func addresses(of name: String) async throws -> [IPAddress]
}

/// The system's resolver, on threads that may block.
package struct SystemResolver: Resolver {
    private let pool: BlockingPool

    package init(_ pool: BlockingPool) {
        self.pool = pool
    }

    package func addresses(of name: String) async throws -> [IPAddress] {
        try await pool.run { SystemResolver.resolve(name) }
    }

    private static func resolve(_ name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next {
            if let address = address(of: entry.pointee), !addresses.contains(address) {
                addresses.append(address)
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }

    private static func address(of entry: addrinfo) -> IPAddress? {
        guard let pointer = UnsafeRawPointer(entry.ai_addr) else { return nil }
        let bytes = UnsafeRawBufferPointer(start: pointer, count: Int(entry.ai_addrlen))
        // Where sockaddr_in and sockaddr_in6 keep the address.
        switch entry.ai_family {
        case AF_INET where bytes.count >= 8: return IPAddress(networkOrder: bytes[4..<8])
        case AF_INET6 where bytes.count >= 24: return IPAddress(networkOrder: bytes[8..<24])
        default: return nil
        }
    }
}
