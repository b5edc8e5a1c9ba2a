package import Identifiers
package import Postgres
package import Runtime

extension PostgresValue {
    package static func id<Kind>(_ id: ID<Kind>) -> PostgresValue {
        .uuid(high: id.high, low: id.low)
    }

    package static func id<Kind>(orNull id: ID<Kind>?) -> PostgresValue {
        id.map { .id($0) } ?? .null
    }

    package static func text(orNull text: String?) -> PostgresValue {
        text.map { .text($0) } ?? .null
    }

    package static func bytes(orNull bytes: [UInt8]?) -> PostgresValue {
        bytes.map { .bytes($0) } ?? .null
    }

    package static func instant(_ instant: WallInstant) -> PostgresValue {
        .timestamp(microsecondsSince1970: instant.microseconds)
    }

    package static func instant(orNull instant: WallInstant?) -> PostgresValue {
        instant.map { .instant($0) } ?? .null
    }

    package static func instant(_ instant: SandboxInstant) -> PostgresValue {
        .timestamp(microsecondsSince1970: instant.microseconds)
    }
}

extension Row {
    package func id<Kind>(_ column: Int) -> ID<Kind> {
        let bits = uuid(column)
        return ID(high: bits.high, low: bits.low)
    }

    package func idIfPresent<Kind>(_ column: Int) -> ID<Kind>? {
        isNull(column) ? nil : id(column)
    }

    package func textIfPresent(_ column: Int) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// Nil for null.
    package func instant(_ column: Int) -> WallInstant? {
        isNull(column) ? nil : WallInstant(microseconds: microseconds(column))
    }
}
