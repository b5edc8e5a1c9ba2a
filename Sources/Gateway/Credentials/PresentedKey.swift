import Contracts
import HTTP
import Identity

/// A credential as a request shows it.
enum PresentedKey: Equatable {
    /// `Authorization`, to be read by those who know keys and tokens.
    case bearer
    case key([UInt8])
    /// It stands where this operation takes none.
    case misplaced
    case none

    /// Looks where the operation takes a credential. `query` is decoded. Fails with `repeated_field`
    /// when the place holds two.
    init(
        _ head: RequestHead, _ query: [(name: String, value: String)], _ places: CredentialPlaces
    ) throws(Refusal) {
        for place in places.places {
            guard let key = try Self.key(at: place, head, query) else { continue }
            self = .key(key)
            return
        }
        guard let field = AuthorizationField(head.fields) else {
            self = .none
            return
        }
        self = places.takesBearer && field.scheme != .basic ? .bearer : .misplaced
    }

    private static func key(
        at place: CredentialPlaces.Place, _ head: RequestHead,
        _ query: [(name: String, value: String)]
    ) throws(Refusal) -> [UInt8]? {
        switch place {
        case .bearer, .handshake: return nil
        case .basic: return userName(head)
        case .header(let name):
            guard !head.fields.isRepeated(name) else { throw .repeatedField(name) }
            return head.fields[name].map { Array($0.utf8) }
        case .query(let name): return try only(query.filter { $0.name == name }.map(\.value), name)
        case .cookie(let name): return try only(cookies(head, name), name)
        }
    }

    private static func only(_ values: [String], _ name: String) throws(Refusal) -> [UInt8]? {
        guard values.count <= 1 else { throw .repeatedField(name) }
        return values.first.map { Array($0.utf8) }
    }

    /// What stands before the colon of RFC 7617's user-pass; empty when it cannot be read.
    private static func userName(_ head: RequestHead) -> [UInt8]? {
        guard AuthorizationField(head.fields)?.scheme == .basic,
            let field = head.fields["authorization"]
        else { return nil }
        return BasicCredentials(field)?.user ?? []
    }

    private static func cookies(_ head: RequestHead, _ name: String) -> [String] {
        head.fields.values(of: "Cookie").flatMap { field in
            field.split(separator: ";").compactMap { pair -> String? in
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else {
                    return nil
                }
                return String(parts[1])
            }
        }
    }
}
