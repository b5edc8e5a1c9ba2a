package import Runtime

/// Calls other servers on a user's behalf: resolves once, lets the guard check every address,
/// connects to the very one that was checked, and takes the answer within bounds.
///
/// To be called on one of the loops it was made for; the call and its connection stay on it.
package final class HTTPClient: Sendable {
    private let limits: ClientLimits
    private let egress: EgressGuard
    private let resolver: any Resolver
    private let tls: TLSContext?
    private let pools: [(loop: EventLoop, pool: ConnectionPool)]

    /// - Parameter tls: nil refuses `https` URLs with `tlsNotAvailable`.
    package init(
        loops: [EventLoop], egress: EgressGuard, resolver: any Resolver, tls: TLSContext?,
        limits: ClientLimits = ClientLimits()
    ) {
        self.limits = limits
        self.egress = egress
        self.resolver = resolver
        self.tls = tls
        pools = loops.map { ($0, ConnectionPool(loop: $0, limits: limits)) }
    }

    /// Sends the request and waits for the whole answer. `denied` is the list of the tenant in whose
    /// name it goes out.
    ///
    /// A connection that was kept and turns out to be closed is replaced once, for methods that
    /// may be repeated (RFC 9110 §9.2.2). Nothing else is retried, redirects are not followed.
    package func send(
        _ request: ClientRequest, denying denied: DeniedHosts
    ) async throws(ClientError) -> ClientResponse {
        guard let (loop, pool) = pools.first(where: { $0.loop.isCurrent }) else {
            preconditionFailure("the client is called on one of its loops")
        }
        let deadline = MonotonicInstant.now() + limits.totalTimeout
        do throws(ClientError) {
            try denied.refuse(request.url.host)
            return try await send(request, denied, on: loop, pool, until: deadline)
        } catch {
            // Whatever was being done: it was the call as a whole that took too long.
            if case .timedOut = error, MonotonicInstant.now() >= deadline { throw .timedOut(.total) }
            throw error
        }
    }

    private func send(
        _ request: ClientRequest, _ denied: DeniedHosts, on loop: EventLoop,
        _ pool: ConnectionPool, until deadline: MonotonicInstant
    ) async throws(ClientError) -> ClientResponse {
        if let kept = pool.take(request.url.origin) {
            do throws(ClientError) {
                try denied.refuse(.address(kept.address))
            } catch {
                // Others may still use it.
                pool.put(kept)
                throw error
            }
            do throws(ClientError) {
                return try await exchange(request, on: kept, pool, deadline)
            } catch ClientError.connectionLost where request.method.mayBeRepeated {
                // Falls through to a new connection.
            }
        }
        let began = MonotonicInstant.now()
        let connection = try await connect(to: request.url, denied, loop, deadline)
        return try await exchange(
            request, on: connection, pool, deadline, connected: MonotonicInstant.now() - began)
    }

    /// Ends idle connections of every loop.
    package func shutdown() async {
        for (loop, pool) in pools {
            await withCheckedContinuation { done in
                loop.submit {
                    pool.closeAll()
                    done.resume()
                }
            }
        }
    }
}

// MARK: - Connecting

extension HTTPClient {
    private func connect(
        to url: ClientURL, _ denied: DeniedHosts, _ loop: EventLoop, _ deadline: MonotonicInstant
    ) async throws(ClientError) -> ClientConnection {
        if url.isTLS, tls == nil { throw .tlsNotAvailable }
        let addresses = try await addresses(of: url.host, loop)
        for address in addresses {
            do throws(EgressGuard.Refusal) {
                try egress.check(address)
            } catch {
                throw .egressRefused(error)
            }
            try denied.refuse(.address(address))
        }
        var failure = ClientError.unresolvable
        for address in addresses.prefix(limits.addressesMax) {
            do throws(ClientError) {
                return try await connect(to: address, for: url, loop, deadline)
            } catch {
                if case .cancelled = error { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func connect(
        to address: IPAddress, for url: ClientURL, _ loop: EventLoop, _ deadline: MonotonicInstant
    ) async throws(ClientError) -> ClientConnection {
        guard let target = SocketAddress(host: address.description, port: url.port) else {
            throw .connectFailed
        }
        let connection = try ClientConnection(
            to: target, address: address, origin: url.origin, loop: loop)
        do throws(ClientError) {
            try await connection.connect(
                host: url.hostText, url.isTLS ? tls : nil,
                until: min(deadline, MonotonicInstant.now() + limits.connectTimeout))
            return connection
        } catch {
            connection.close()
            throw error
        }
    }

    /// What the host stands for. Names under `.localhost` never reach the resolver (RFC 6761
    /// §6.3); whether loopback may be called is the guard's decision like any other.
    private func addresses(
        of host: ClientURL.Host, _ loop: EventLoop
    ) async throws(ClientError) -> [IPAddress] {
        switch host {
        case .address(let address): return [address]
        case .name(let name) where ClientURL.isLocal(name): return [.loopback]
        case .name(let name):
            let addresses = try await resolve(name, loop)
            guard !addresses.isEmpty else { throw .unresolvable }
            return addresses
        }
    }

    /// Asks the resolver, but does not wait for it beyond the connect timeout: a blocking look-up
    /// cannot be called off.
    private func resolve(
        _ name: String, _ loop: EventLoop
    ) async throws(ClientError) -> [IPAddress] {
        let answer = FirstAnswer<[IPAddress]?>()
        let timer = loop.schedule(after: limits.connectTimeout) { answer.give(nil) }
        let resolver = resolver
        Task(executorPreference: loop) {
            let found = try? await resolver.addresses(of: name)
            answer.give(found ?? [])
        }
        let addresses = await answer.value()
        timer.cancel()
        guard let addresses else { throw .timedOut(.resolving) }
        return addresses
    }
}

// MARK: - Exchanging

extension HTTPClient {
    private func exchange(
        _ request: ClientRequest, on connection: ClientConnection, _ pool: ConnectionPool,
        _ deadline: MonotonicInstant, connected connectDuration: Duration? = nil
    ) async throws(ClientError) -> ClientResponse {
        do throws(ClientError) {
            try await connection.write(request.encoded(), until: deadline)
            var reader = ResponseReader(
                method: request.method, connection: connection, limits: limits, deadline: deadline)
            let (head, body) = try await reader.read()
            if head.keepAlive, reader.isAtEnd { pool.put(connection) } else { connection.close() }
            return ClientResponse(
                status: head.status, fields: head.fields, body: body, address: connection.address,
                connectDuration: connectDuration)
        } catch {
            connection.close()
            throw error
        }
    }
}

extension DeniedHosts {
    fileprivate func refuse(_ host: ClientURL.Host) throws(ClientError) {
        do throws(Refusal) {
            try check(host)
        } catch {
            throw .denied(error)
        }
    }
}

extension Method {
    /// RFC 9110 §9.2.2: safe and idempotent methods.
    fileprivate var mayBeRepeated: Bool {
        isSafe || self == .put || self == .delete
    }
}

/// The first of several answers; the others are dropped. Confined to a loop.
private final class FirstAnswer<Value: Sendable>: @unchecked Sendable {
    // Loop-confined: given and awaited by tasks and timers of one loop.
    private var given: Value?
    private var waiter: CheckedContinuation<Value, Never>?

    func give(_ value: Value) {
        guard given == nil else { return }
        given = value
        waiter?.resume(returning: value)
        waiter = nil
    }

    func value() async -> Value {
        if let given { return given }
        return await withCheckedContinuation { waiter = $0 }
    }
}
