import Access
import Contracts
import Runtime

/// A golden object's document: JSON with holes where dates stand, filled from the time zero of the
/// sandbox that shows it. Cut into pieces once; filling copies bytes.
struct GoldenDocument: Sendable {
    private enum Piece {
        case bytes([UInt8])
        case instant(offsetMicroseconds: Int64)
        case year(offset: Int)
    }

    private let pieces: [Piece]

    /// Holes are the strings that ``instant(_:)`` and ``year(_:)`` make.
    init(_ value: JSONValue) {
        var pieces: [Piece] = []
        var rest = JSONWriter.bytes(value)[...]
        while let hole = rest.firstRange(of: Self.mark) {
            pieces.append(.bytes(Array(rest[..<hole.lowerBound])))
            let body = rest[hole.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
            let text = String(decoding: body, as: UTF8.self)
            guard let offset = Int64(text.dropFirst()) else { preconditionFailure("no hole: \(text)") }
            pieces.append(
                text.hasPrefix("y") ? .year(offset: Int(offset)) : .instant(offsetMicroseconds: offset))
            rest = rest[(body.endIndex + 1)...]
        }
        pieces.append(.bytes(Array(rest)))
        self.pieces = pieces
    }

    /// A date-time this long after time zero; negative for before.
    static func instant(_ offset: Duration) -> JSONValue {
        .string("@golden:t\(offset.microseconds)")
    }

    /// The year of time zero plus `offset`, as a number.
    static func year(_ offset: Int) -> JSONValue { .string("@golden:y\(offset)") }

    private static let mark = Array("\"@golden:".utf8)

    func utf8(timeZero: SandboxInstant) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        for piece in pieces {
            switch piece {
            case .bytes(let piece):
                bytes.append(contentsOf: piece)
            case .instant(let offset):
                bytes.append(UInt8(ascii: "\""))
                RFC3339.append(microseconds: timeZero.microseconds + offset, to: &bytes)
                bytes.append(UInt8(ascii: "\""))
            case .year(let offset):
                let day = timeZero.microseconds.floorDivided(by: 86_400_000_000)
                let year = CivilDate(daysSince1970: day).year + offset
                bytes.append(contentsOf: String(year).utf8)
            }
        }
        return bytes
    }
}

extension ArraySlice<UInt8> {
    /// Where `pattern` first stands.
    fileprivate func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        guard count >= pattern.count else { return nil }
        for start in startIndex...(endIndex - pattern.count)
        where self[start..<start + pattern.count].elementsEqual(pattern) {
            return start..<start + pattern.count
        }
        return nil
    }
}
