/// The formats of numbers that OpenAPI's registry defines and that bound the value.
enum NumberFormat: String, Sendable {
    case int32, int64

    func accepts(_ number: JSONNumber) -> Bool {
        guard let value = number.int64 else { return false }
        return self == .int64 || Int32(exactly: value) != nil
    }

    /// For faults: what is expected.
    var meaning: String {
        switch self {
        case .int32: "an integer of 32 bits"
        case .int64: "an integer of 64 bits"
        }
    }
}
