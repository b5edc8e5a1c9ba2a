import Glibc

/// Calls libpq with parallel, nil-ended arrays of keywords and values.
func withKeywords<T>(
    _ keywords: [(String, String)],
    _ body: (
        UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>
    ) -> T
) -> T {
    let names = keywords.map { strdup($0.0) }
    let values = keywords.map { strdup($0.1) }
    defer { for pointer in names + values { free(pointer) } }
    let constNames = names.map { UnsafePointer($0) } + [nil]
    let constValues = values.map { UnsafePointer($0) } + [nil]
    return constNames.withUnsafeBufferPointer { names in
        constValues.withUnsafeBufferPointer { values in
            body(names.baseAddress!, values.baseAddress!)
        }
    }
}

/// Settings of a session, given in the start-up packet so that they cost no round trip.
struct SessionSettings: Sendable {
    var applicationName = "sbx"
    /// Names and values without spaces or backslashes.
    var settings: [(name: String, value: String)] = []

    /// `Rows` reads times as ISO 8601 in UTC, and bytes as hex.
    private static let formats = [
        ("TimeZone", "UTC"), ("DateStyle", "ISO"), ("bytea_output", "hex"),
        ("IntervalStyle", "iso_8601"), ("standard_conforming_strings", "on"),
    ]

    var keywords: [(String, String)] {
        let options = (Self.formats + settings).map { "-c \($0.0)=\($0.1)" }
        return [
            ("application_name", applicationName),
            ("options", options.joined(separator: " ")),
            // A server that vanished without a word is noticed within half a minute on TCP.
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ]
    }
}
