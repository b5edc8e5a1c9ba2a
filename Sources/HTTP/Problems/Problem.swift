package import Contracts

/// A problem document (RFC 9457) with the members that every platform error has.
///
/// The texts are for the client: never SQL, paths, secrets or another tenant's ids.
package struct Problem: Error, Sendable {
    /// One faulty place of a document or parameter.
    package struct Fault: Hashable, Sendable {
        /// Where in the body (RFC 6901), or the parameter's name with `parameter` set.
        package let pointer: JSONPointer
        /// Name of the query, path or header parameter when the fault is not in the body.
        package let parameter: String?
        /// Stable name of what is wrong, snake_case.
        package let code: String
        package let detail: String

        package init(
            pointer: JSONPointer = .root, parameter: String? = nil, code: String, detail: String
        ) {
            self.pointer = pointer
            self.parameter = parameter
            self.code = code
            self.detail = detail
        }
    }

    /// What a refusal by policy was decided on: answers "why was I blocked" in place.
    package struct Refusal: Hashable, Sendable {
        package let policy: String
        package let rule: String
        package let observed: String
        package let limit: String

        package init(policy: String, rule: String, observed: String, limit: String) {
            self.policy = policy
            self.rule = rule
            self.observed = observed
            self.limit = limit
        }
    }

    package let status: Status
    /// Stable, snake_case; with `typeBase` it makes `type`.
    package let code: String
    /// The same for every problem of the code.
    package let title: String
    package var detail: String
    /// What to do next.
    package var hint: String?
    /// Absolute URI before the code, ending in a slash; nil makes `type` `about:blank`.
    package var typeBase: String?
    package var instance: String?
    package var requestID: String?
    package var explainURL: String?
    package var refusal: Refusal?
    package var faults: [Fault] = []
    /// Further members; names are letters, digits and underscores.
    package var extensions: [JSONObject.Member] = []
    /// Fields of the answer, e.g. `Retry-After`, `Allow`, `WWW-Authenticate`.
    package var fields = HeaderFields()

    /// - Parameter title: the status's phrase when left out.
    package init(
        _ status: Status, code: String, title: String? = nil, detail: String, hint: String? = nil
    ) {
        self.status = status
        self.code = code
        self.title = title ?? status.reason
        self.detail = detail
        self.hint = hint
    }

    /// What the parser says of a malformed message.
    package init(_ error: HTTPParseError) {
        self.init(error.status, code: error.code, detail: error.sentence)
    }
}

extension Problem {
    package static let mediaType = "application/problem+json"

    /// The answer that carries this document.
    package var response: Response {
        var response = Response(
            status, contentType: Problem.mediaType, JSONWriter.bytes(document))
        for (name, value) in fields { response.fields.append(name, value) }
        return response
    }

    package var document: JSONValue {
        var members: [JSONObject.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONObject.Member(name: name, value: value)) }
        }
        add("type", .string(typeBase.map { $0 + code } ?? "about:blank"))
        add("title", .string(title))
        add("status", .int(status.code))
        add("detail", .string(detail))
        add("instance", instance.map { .string($0) })
        add("code", .string(code))
        add("hint", hint.map { .string($0) })
        add("request_id", requestID.map { .string($0) })
        add("explain_url", explainURL.map { .string($0) })
        if let refusal {
            add("policy", .string(refusal.policy))
            add("rule", .string(refusal.rule))
            add("observed", .string(refusal.observed))
            add("limit", .string(refusal.limit))
        }
        if !faults.isEmpty { add("errors", .array(faults.map(\.document))) }
        return .object(JSONObject(members + extensions))
    }
}

extension Problem.Fault {
    fileprivate var document: JSONValue {
        var members: [JSONObject.Member] = []
        if let parameter {
            members.append(JSONObject.Member(name: "parameter", value: .string(parameter)))
        } else {
            // RFC 9457 §3 shows pointers as URI fragments; ours is the plain form of RFC 6901.
            members.append(
                JSONObject.Member(name: "pointer", value: .string(pointer.description)))
        }
        members.append(JSONObject.Member(name: "code", value: .string(code)))
        members.append(JSONObject.Member(name: "detail", value: .string(detail)))
        return .object(JSONObject(members))
    }
}
