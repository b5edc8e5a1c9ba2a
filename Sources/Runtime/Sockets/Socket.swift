import CLinux
import Glibc

/// A system call's failure.
package struct SystemError: Error, CustomStringConvertible {
    package let call: String
    package let code: CInt

    package init(_ call: String, code: CInt = errno) {
        self.call = call
        self.code = code
    }

    package var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// Non-blocking sockets by descriptor.
package enum Socket {
    /// A listening socket. With `isShared`, several loops may each listen on the same address and
    /// the kernel spreads connections over them.
    package static func listen(
        on address: SocketAddress, isShared: Bool
    ) throws(SystemError) -> CInt {
        let descriptor = try open(family: address.family)
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if isShared { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        if address.family == AF_INET6 { set(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        let bound = address.withSockaddr { bind(descriptor, $0, $1) }
        guard bound == 0 else { throw closing(descriptor, SystemError("bind \(address)")) }
        guard Glibc.listen(descriptor, Limits.listenBacklog) == 0 else {
            throw closing(descriptor, SystemError("listen \(address)"))
        }
        return descriptor
    }

    /// The next connection of a listener, nil when none waits.
    package static func accept(
        _ listener: CInt
    ) throws(SystemError) -> (descriptor: CInt, peer: SocketAddress)? {
        let (descriptor, peer) = SocketAddress.filled { address, length in
            sbx_accept_non_blocking(listener, address, length)
        }
        guard descriptor >= 0, let peer else {
            // A connection that broke before it was accepted is the same as none.
            if [EAGAIN, EINTR, ECONNABORTED].contains(errno) { return nil }
            throw SystemError("accept")
        }
        set(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, 1)
        return (descriptor, peer)
    }

    /// Starts a connection; the socket becomes writable when it stands or has failed.
    package static func connect(to address: SocketAddress) throws(SystemError) -> CInt {
        let descriptor = try open(family: address.family)
        set(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, 1)
        let result = address.withSockaddr { Glibc.connect(descriptor, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else {
            throw closing(descriptor, SystemError("connect \(address)"))
        }
        return descriptor
    }

    /// The outcome of `connect` once the socket is writable; throws what went wrong.
    package static func finishConnect(_ descriptor: CInt) throws(SystemError) {
        var code: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw SystemError("connect", code: code) }
    }

    /// The address a socket is bound to; tells which port the kernel chose.
    package static func localAddress(_ descriptor: CInt) -> SocketAddress? {
        SocketAddress.filled { getsockname(descriptor, $0, $1) }.address
    }

    /// On close the peer gets a reset instead of an end of stream. For faults on purpose.
    package static func resetOnClose(_ descriptor: CInt) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private static func open(family: CInt) throws(SystemError) -> CInt {
        let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        return descriptor
    }

    private static func set(_ descriptor: CInt, _ level: CInt, _ option: CInt, _ value: CInt) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func closing(_ descriptor: CInt, _ error: SystemError) -> SystemError {
        close(descriptor)
        return error
    }
}
