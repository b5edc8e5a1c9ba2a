import Contracts
import HTTP

// Reading a request's parts: the same for sandboxes' APIs and for the platform's own.
extension Services {
    /// A body of JSON, at most `GatewayLimits.bodyBytes` long.
    func readBody(_ call: inout Call) async throws(Refusal) -> [UInt8] {
        let bytes = try await readBytes(&call, bytesMax: GatewayLimits.bodyBytes)
        guard !bytes.isEmpty else { return bytes }
        let type = call.head.fields["content-type"]
        guard let type, Self.isJSON(type) else { throw .unsupportedMediaType(type) }
        return bytes
    }

    /// The body, of whatever media type.
    func readBytes(_ call: inout Call, bytesMax: Int) async throws(Refusal) -> [UInt8] {
        if case .empty = call.request.body { return [] }
        do throws(BodyError) {
            return try await call.request.collectBody(upTo: bytesMax)
        } catch {
            throw .bodyError(error, bytesMax: bytesMax)
        }
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
        let media = try media(of: body, operation, head)
        let xml = try readXML(body, as: media, head)
        let value: JSONValue? = if let xml { xml.value } else { try read(body, as: media, head) }
        // References of XML hide what its bytes do not show.
        if xml != nil, let value { try ContentScreen.check(value) }
        if let value, let pointer = StorableText.firstFault(in: value, readFrom: body) {
            throw .unstorableText(in: "body", at: pointer)
        }
        var faults = operation.validateRequest(
            pathParameters: pathParameters, query: query, headers: { head.fields[$0] }, body: value,
            media: media)
        if let xml { faults = xml.located(faults) }
        guard faults.isEmpty else { throw .invalid(faults) }
        return value
    }

    /// The form among those that the operation declares in which the body came; nil for JSON where
    /// it declares none. Refuses a type that it does not take.
    private func media(
        of body: [UInt8], _ operation: Operation, _ head: RequestHead
    ) throws(Refusal) -> Contracts.MediaType? {
        guard !body.isEmpty else { return nil }
        let type = head.fields["content-type"]
        if let type, let media = operation.requestBody?.media(for: type) { return media }
        let declared = operation.requestBody?.content ?? []
        guard let type, Self.isJSON(type), declared.isEmpty || operation.requestBody?.json != nil
        else { throw .unsupportedMediaType(type, taken: declared.map(\.name)) }
        return operation.requestBody?.json
    }

    /// Nil for what is no XML, and for XML that the contract takes as a text.
    private func readXML(
        _ body: [UInt8], as media: Contracts.MediaType?, _ head: RequestHead
    ) throws(Refusal) -> XMLBody? {
        guard !body.isEmpty, let media, media.takesXMLDocuments,
            let type = head.fields["content-type"], Contracts.MediaType.isXML(type),
            let schema = media.schema
        else { return nil }
        do throws(XMLError) {
            return try XMLBody(body, contentType: type, schema: schema, as: .request)
        } catch {
            throw .malformedXML(error)
        }
    }

    private func read(
        _ body: [UInt8], as media: Contracts.MediaType?, _ head: RequestHead
    ) throws(Refusal) -> JSONValue? {
        guard !body.isEmpty else { return nil }
        let type = head.fields["content-type"] ?? "application/json"
        if Self.isJSON(type) {
            do throws(JSONError) {
                return try JSONParser.parse(body, doubled: .refused)
            } catch {
                throw .malformedBody(error)
            }
        }
        if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            do throws(EncodingFault) {
                return FormDocument(try FormEncoding.pairs(body)).value(for: media?.schema)
            } catch {
                throw .malformedForm
            }
        }
        if type.lowercased().hasPrefix("multipart/form-data") {
            guard let value = MultipartDocument.value(body, contentType: type, for: media?.schema)
            else { throw .malformedMultipart }
            return value
        }
        return .string(String(decoding: body, as: UTF8.self))
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
