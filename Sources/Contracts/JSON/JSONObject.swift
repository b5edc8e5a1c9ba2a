/// The members of an object, in the order in which they were written.
///
/// A name that occurs twice (RFC 8259 §4 only says that names SHOULD be unique) is kept twice and
/// written twice; looking it up finds the last, as ECMAScript does. ``JSONParser`` can refuse it.
package struct JSONObject: Sendable {
    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        package static func == (left: Member, right: Member) -> Bool {
            left.name.isWritten(as: right.name) && left.value == right.value
        }
    }

    /// All members, doubled ones included.
    package private(set) var members: [Member]
    /// Position of the last member of each name; nil while the members are few.
    private var index: [JSONName: Int]?

    package init(_ members: [Member] = []) {
        self.members = members
        if members.count > Limits.membersWithoutIndex { buildIndex() }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var names: [String] { members.map(\.name) }

    /// The value of the last member `name`. Setting replaces it in its place or appends it;
    /// setting nil removes every member of that name.
    package subscript(name: String) -> JSONValue? {
        get { position(of: name).map { members[$0].value } }
        set {
            guard let newValue else { return remove(name) }
            if let position = position(of: name) {
                members[position].value = newValue
            } else {
                append(Member(name: name, value: newValue))
            }
        }
    }

    /// Where the last member `name` stands in ``members``.
    package func position(of name: String) -> Int? {
        if let index { return index[JSONName(text: name)] }
        return members.lastIndex { $0.name.isWritten(as: name) }
    }

    package func contains(_ name: String) -> Bool { position(of: name) != nil }

    /// The member at the end, also if there is one of that name already.
    package mutating func append(_ member: Member) {
        members.append(member)
        if index != nil {
            index?[JSONName(text: member.name)] = members.count - 1
        } else if members.count > Limits.membersWithoutIndex {
            buildIndex()
        }
    }

    private mutating func remove(_ name: String) {
        members.removeAll { $0.name.isWritten(as: name) }
        index = nil
        if members.count > Limits.membersWithoutIndex { buildIndex() }
    }

    private mutating func buildIndex() {
        var built = [JSONName: Int](minimumCapacity: members.count)
        for (position, member) in members.enumerated() {
            built[JSONName(text: member.name)] = position
        }
        index = built
    }
}

extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members == right.members
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

/// A member's name as a key: equal only if written equally.
struct JSONName: Hashable {
    let text: String

    static func == (left: JSONName, right: JSONName) -> Bool {
        left.text.isWritten(as: right.text)
    }

    func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }
}
