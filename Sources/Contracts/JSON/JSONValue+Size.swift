// How much there is of a value, counted down from what it may be.
extension JSONValue {
    /// Takes one off for each value in it, as long as there is something to take off.
    func countValues(_ left: inout Int) {
        left -= 1
        guard left > 0 else { return }
        switch self {
        case .object(let object): for member in object.members { member.value.countValues(&left) }
        case .array(let items): for item in items { item.countValues(&left) }
        case .null, .bool, .number, .string: break
        }
    }

    /// Takes off about the bytes of its text, as long as there is something to take off.
    func countBytes(_ left: inout Int) {
        guard left > 0 else { return }
        switch self {
        case .null, .bool: left -= 5
        case .number(let number): left -= number.text.utf8.count + 1
        case .string(let text): left -= text.utf8.count + 3
        case .array(let items):
            left -= 2
            for item in items { item.countBytes(&left) }
        case .object(let object):
            left -= 2
            for member in object.members {
                left -= member.name.utf8.count + 4
                member.value.countBytes(&left)
            }
        }
    }
}
