import Contracts
import HTTP

// Reading a request's parts: the same for sandboxes' APIs and for the platform's own.
extension Services {
    /// The body, at most `GatewayLimits.bodyBytes` long, and of a media type that is read here.
    func readBody(_ call: inout Call) async throws(Refusal) -> [UInt8] {
        if case .empty = call.request.body { return [] }
        let bytes: [UInt8]
        do throws(BodyError) {
            bytes = try await call.request.collectBody(upTo: GatewayLimits.bodyBytes)
        } catch {
            throw .bodyError(error, bytesMax: GatewayLimits.bodyBytes)
        }
        guard !bytes.isEmpty else { return bytes }
        let type = call.head.fields["content-type"]
        guard let type, Self.isJSON(type) else { throw .unsupportedMediaType(type) }
        return bytes
    }

    /// The query's pairs, decoded; those named in `platformNames` are ours and not the contract's.
    func query(
        of head: RequestHead, without platformNames: [String] = []
    ) throws(Refusal) -> [(name: String, value: String)] {
        guard let bytes = head.queryBytes, !bytes.isEmpty else { return [] }
        let pairs: [(name: String, value: String)]
        do throws(EncodingFault) {
            pairs = try FormEncoding.pairs(bytes)
        } catch {
            throw .malformedQuery()
        }
        for pair in pairs where !StorableText.isStorable(pair.name + pair.value) {
            throw .unstorableText(in: "query", at: .root)
        }
        return pairs.filter { !platformNames.contains($0.name) }
    }

    /// Holds the request against its operation; gives the body as a value.
    func validate(
        _ operation: Operation, pathParameters: [PathParameter],
        query: [(name: String, value: String)], body: [UInt8], _ head: RequestHead
    ) throws(Refusal) -> JSONValue? {
        var value: JSONValue?
        do throws(JSONError) {
            if !body.isEmpty { value = try JSONParser.parse(body, doubled: .refused) }
        } catch {
            throw .malformedBody(error)
        }
        if let value, let pointer = StorableText.firstFault(in: value, readFrom: body) {
            throw .unstorableText(in: "body", at: pointer)
        }
        let faults = operation.validateRequest(
            pathParameters: pathParameters, query: query, headers: { head.fields[$0] }, body: value)
        guard faults.isEmpty else { throw .invalid(faults) }
        return value
    }

    private static func isJSON(_ type: String) -> Bool {
        let name = type.prefix { $0 != ";" }.lowercased().trimmingSpaces
        return name == "application/json" || name.hasSuffix("+json")
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension Contract {
    /// HEAD is answered as GET, and the server leaves the body out (RFC 9110 § 9.3.2), unless the
    /// contract says more about it.
    func match(_ method: Method, path: UnsafeBufferPointer<UInt8>) -> ContractMatch {
        let matched = match(method: method.description, path: path)
        guard method == .head, case .methodNotAllowed = matched else { return matched }
        return match(method: "GET", path: path)
    }
}
