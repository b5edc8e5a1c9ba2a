import Glibc

/// Reads request heads, strictly, from bytes that may be split anywhere.
///
/// The problem: a head usually arrives whole, and then one pass over the read buffer is all it may
/// cost; but a slow or hostile client sends it byte by byte, and then the work must stay linear.
/// The choice: work by complete lines. Each line is checked once, when its LF is there; the search
/// for the LF resumes where it stopped. While the head is incomplete its bytes are carried here,
/// so that the caller's read buffer is free again; a head that arrives whole is copied once, into
/// the store of its `HeaderFields`. Offsets count from the first byte of the head in both cases.
///
/// ```
///   beforeRequestLine ──"\r\n" once──▶ beforeRequestLine
///          │ request line
///          ▼
///        fields ──line──▶ fields ──empty line──▶ .head, and the state is as new
///   anything malformed ──▶ .refused; the connection is over
/// ```
package struct RequestHeadParser: Sendable {
    package enum Verdict: Sendable {
        /// Every byte was taken; the head is not complete.
        case needMore
        /// A head; `consumed` of the bytes given now belong to it, the rest to its body.
        case head(RequestHead, consumed: Int)
        /// No acceptable request. Answer, then close.
        case refused(HTTPParseError)
    }

    private let limits: HTTPLimits
    private var carry: [UInt8] = []
    private var scanner = Scanner()

    package init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
    }

    /// Whether part of a head has arrived: an idle connection may be closed, this one not silently.
    package var isInsideHead: Bool { !carry.isEmpty }

    /// Takes the next bytes of the connection. After `.refused` the parser is of no more use.
    package mutating func parse(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        do throws(HTTPParseError) {
            return try carry.isEmpty ? parseAlone(bytes) : parseAfterCarry(bytes)
        } catch {
            return .refused(error)
        }
    }

    private mutating func parseAlone(
        _ bytes: UnsafeRawBufferPointer
    ) throws(HTTPParseError) -> Verdict {
        let head = bytes.assumingMemoryBound(to: UInt8.self)
        guard let end = try scanner.scan(head, limits) else {
            carry.append(contentsOf: bytes)
            return .needMore
        }
        let store = [UInt8](head.part(0..<end))
        return .head(try finish(store), consumed: end)
    }

    private mutating func parseAfterCarry(
        _ bytes: UnsafeRawBufferPointer
    ) throws(HTTPParseError) -> Verdict {
        let carried = carry.count
        carry.append(contentsOf: bytes)
        let head = carry
        let end = try head.withUnsafeBufferPointer { head throws(HTTPParseError) in
            try scanner.scan(head, limits)
        }
        guard let end else { return .needMore }
        carry = []
        return .head(try finish(Array(head.prefix(end))), consumed: end - carried)
    }

    private mutating func finish(_ store: [UInt8]) throws(HTTPParseError) -> RequestHead {
        defer { scanner = Scanner() }
        return try scanner.makeHead(store)
    }
}

extension RequestHeadParser {
    /// The state between two pieces of a head. Knows offsets only; the bytes are given each time.
    private struct Scanner: Sendable {
        private var lineStart = 0
        /// No LF lies between `lineStart` and here.
        private var scanned = 0
        private var hasEmptyLine = false
        private var line = RequestLine()
        private var hasLine = false
        private var meaning = FieldMeaning()
        private var entries: [HeaderFields.Entry] = []

        /// Checks every complete line of `head`; the head's end once its empty line is there.
        mutating func scan(
            _ head: UnsafeBufferPointer<UInt8>, _ limits: HTTPLimits
        ) throws(HTTPParseError) -> Int? {
            try refuseForeignStart(head)
            while let lineFeed = nextLineFeed(head) {
                let next = lineFeed + 1
                try checkSize(upTo: next, limits)
                guard lineFeed > lineStart, head[lineFeed - 1] == .carriageReturn else {
                    throw .bareLineFeed
                }
                let text = lineStart..<(lineFeed - 1)
                lineStart = next
                scanned = next
                if try takeLine(text, of: head, limits) { return next }
            }
            scanned = head.count
            try checkSize(upTo: head.count, limits)
            return nil
        }

        /// The head whose lines have all been read; `store` holds its bytes.
        mutating func makeHead(_ store: [UInt8]) throws(HTTPParseError) -> RequestHead {
            try meaning.conclude(line.version)
            let (method, addressee) = try store.withUnsafeBufferPointer {
                head throws(HTTPParseError) in
                guard let method = Method(utf8: head.part(line.method)) else { throw .badMethod }
                return (method, try authority(of: line, in: head))
            }
            return RequestHead(
                method: method, line: line, meaning: meaning, addressee: addressee,
                fields: HeaderFields(store: store, entries: entries))
        }

        /// A TLS hello or other foreign protocol shows in its first byte; it may never send an LF.
        private func refuseForeignStart(
            _ head: UnsafeBufferPointer<UInt8>
        ) throws(HTTPParseError) {
            guard scanned == 0, let first = head.first else { return }
            guard ByteClass.isToken(first) || first == .carriageReturn || first == .lineFeed
            else { throw .badMethod }
        }

        private func nextLineFeed(_ head: UnsafeBufferPointer<UInt8>) -> Int? {
            guard let base = head.baseAddress, scanned < head.count,
                let found = memchr(base + scanned, CInt(UInt8.lineFeed), head.count - scanned)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }

        private func checkSize(upTo end: Int, _ limits: HTTPLimits) throws(HTTPParseError) {
            let lineMax = limits.targetBytesMax + HTTPLimits.requestLineOverheadBytes
            if !hasLine, end > lineMax { throw .targetTooLong }
            if end > limits.headBytesMax { throw .headTooLarge }
        }

        /// True when the line was the empty one at the head's end.
        @inline(__always)
        private mutating func takeLine(
            _ text: Range<Int>, of head: UnsafeBufferPointer<UInt8>, _ limits: HTTPLimits
        ) throws(HTTPParseError) -> Bool {
            guard hasLine else {
                try takeFirstLine(text, of: head, limits)
                return false
            }
            if text.isEmpty { return true }
            guard entries.count < limits.fieldsMax else { throw .tooManyFields }
            let field = try FieldLine(text, of: head)
            try meaning.note(name: head.part(field.name), value: field.value, of: head)
            entries.append(HeaderFields.Entry(name: field.name, value: field.value))
            return false
        }

        private mutating func takeFirstLine(
            _ text: Range<Int>, of head: UnsafeBufferPointer<UInt8>, _ limits: HTTPLimits
        ) throws(HTTPParseError) {
            if text.isEmpty {
                // RFC 9112 §2.2: one empty line before the request line is forgiven.
                guard !hasEmptyLine else { throw .leadingEmptyLines }
                hasEmptyLine = true
                return
            }
            line = try RequestLine(text, of: head, targetBytesMax: limits.targetBytesMax)
            hasLine = true
            // Sixteen: what clients send with room for a proxy's additions.
            entries.reserveCapacity(16)
        }

        /// Who is addressed: the absolute target's authority, which Host must repeat, else Host.
        private func authority(
            of line: RequestLine, in head: UnsafeBufferPointer<UInt8>
        ) throws(HTTPParseError) -> HostAndPort? {
            var target: HostAndPort?
            if !line.authority.isAbsent {
                target = HostAndPort(line.authority, of: head)
                guard target != nil else { throw .badTarget }
            }
            if meaning.host.isAbsent {
                guard line.version == .http10 else { throw .hostMissing }
                return target
            }
            guard let host = HostAndPort(meaning.host, of: head) else { throw .badHost }
            guard let target else { return host }
            guard head.part(target.host).equalsIgnoringCase(head.part(host.host)),
                target.port ?? line.defaultPort == host.port ?? line.defaultPort
            else { throw .targetDisagreesWithHost }
            return target
        }
    }
}
