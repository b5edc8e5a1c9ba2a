// What an overlay makes of a document.
extension Overlay {
    /// The document with all actions applied, each to what the ones before have left, and an
    /// action's pointer for each that selected nothing. Fails, with the pointer to the action's
    /// member, where an action cannot be done.
    package func applied(
        to document: JSONValue
    ) throws(ContractError) -> (document: JSONValue, warnings: [ContractProblem]) {
        var document = document
        var warnings: [ContractProblem] = []
        var budget = Budget()
        for (index, action) in actions.enumerated() {
            let place = JSONPointer(["actions", String(index)])
            let targets = try Self.places(
                action.target, in: document, at: place.appending("target"), &budget)
            guard !targets.isEmpty else {
                warnings.append(
                    ContractProblem(
                        file: Self.file, pointer: place.appending("target"),
                        reason: "action \(index) of the overlay selects nothing: "
                            + action.target.source))
                continue
            }
            switch action.change {
            case .none: break
            case .remove: try Self.remove(targets, from: &document, place)
            case .update(let update):
                let place = place.appending("update")
                try budget.add(update, times: targets.count, place)
                try Self.merge(update, into: targets, of: &document, place)
            case .copy(let source):
                let place = place.appending("copy")
                let from = try Self.places(source, in: document, at: place, &budget)
                guard from.count == 1, let value = document[from[0]] else {
                    throw .one(place, "it selects \(from.count) values; a copy is made of one")
                }
                try budget.add(value, times: targets.count, place)
                try Self.merge(value, into: targets, of: &document, place)
            }
        }
        return (document, warnings)
    }

    private struct Budget {
        var steps = Limits.overlayStepsMax
        var places = Limits.overlaidPlacesMax
        var added = Limits.overlaidValuesMax

        mutating func add(
            _ value: JSONValue, times count: Int, _ place: JSONPointer
        ) throws(ContractError) {
            for _ in 0..<count {
                value.countValues(&added)
                guard added > 0 else {
                    throw .one(
                        place, "the overlay adds more than \(Limits.overlaidValuesMax) values")
                }
            }
        }
    }

    private static func places(
        _ path: JSONPath, in document: JSONValue, at place: JSONPointer, _ budget: inout Budget
    ) throws(ContractError) -> [JSONPointer] {
        do throws(JSONPathError) {
            let found = try path.places(in: document, steps: &budget.steps)
            budget.places -= found.count
            guard budget.places >= 0 else {
                throw JSONPathError(
                    reason: "the overlay changes more than \(Limits.overlaidPlacesMax) places",
                    offset: nil)
            }
            var seen = Set<JSONPointer>()
            return found.filter { seen.insert($0).inserted }
        } catch {
            throw .one(place, error.description)
        }
    }

    private static func remove(
        _ targets: [JSONPointer], from document: inout JSONValue, _ place: JSONPointer
    ) throws(ContractError) {
        guard !targets.contains(.root) else {
            throw .one(place.appending("remove"), "the whole document cannot be removed")
        }
        // From the back: what is removed moves what stands behind it in its array.
        for target in targets.sorted(by: { $1.stands(before: $0) }) {
            document.remove(target.tokens[...])
        }
    }

    private static func merge(
        _ change: JSONValue, into targets: [JSONPointer], of document: inout JSONValue,
        _ place: JSONPointer
    ) throws(ContractError) {
        let shapes = Set(targets.compactMap { document[$0].map(Shape.init) })
        guard shapes.count == 1 else {
            let kinds = shapes.map(\.rawValue).sorted().joined(separator: ", ")
            throw .one(place, "the target selects values of different kinds: \(kinds)")
        }
        for target in targets {
            do throws(Incompatible) {
                try document.change(target.tokens[...]) { value throws(Incompatible) in
                    value = try merged(value, with: change, at: target)
                }
            } catch {
                let (got, there) = (error.got.rawValue, error.there.rawValue)
                throw .one(place, "\(got) cannot be merged into the \(there) at \(error.place)")
            }
        }
    }

    /// Entries are added to a selected array one by one or as an array; inside objects only arrays
    /// meet arrays.
    private static func merged(
        _ value: JSONValue, with change: JSONValue, at place: JSONPointer
    ) throws(Incompatible) -> JSONValue {
        if case .array(let items) = value, change.array == nil { return .array(items + [change]) }
        return try value.overlaid(with: change, at: place)
    }
}

/// What values are to an overlay.
private enum Shape: String {
    case object, array, primitive

    init(_ value: JSONValue) {
        switch value {
        case .object: self = .object
        case .array: self = .array
        case .null, .bool, .number, .string: self = .primitive
        }
    }
}

private struct Incompatible: Error {
    let place: JSONPointer
    let there: Shape
    let got: Shape
}

extension ContractError {
    fileprivate static func one(_ pointer: JSONPointer, _ reason: String) -> ContractError {
        ContractError(
            problems: [ContractProblem(file: Overlay.file, pointer: pointer, reason: reason)])
    }
}

extension JSONValue {
    /// Objects are merged, arrays joined, primitives replaced (Overlay 1.1, Action Object).
    fileprivate func overlaid(
        with change: JSONValue, at place: JSONPointer
    ) throws(Incompatible) -> JSONValue {
        switch (self, change) {
        case (.object(var object), .object(let update)):
            for member in update.members {
                guard let own = object[member.name] else {
                    object[member.name] = member.value
                    continue
                }
                object[member.name] = try own.overlaid(
                    with: member.value, at: place.appending(member.name))
            }
            return .object(object)
        case (.array(let items), .array(let more)): return .array(items + more)
        default:
            let (there, got) = (Shape(self), Shape(change))
            guard there == .primitive, got == .primitive else {
                throw Incompatible(place: place, there: there, got: got)
            }
            return change
        }
    }

    /// Changes the value at a place that is there.
    fileprivate mutating func change(
        _ place: ArraySlice<String>, _ body: (inout JSONValue) throws(Incompatible) -> Void
    ) throws(Incompatible) {
        guard let token = place.first else { return try body(&self) }
        switch self {
        case .object(var object):
            self = .null  // Gives up our reference, so that the members are not copied.
            defer { self = .object(object) }
            guard var inner = object[token] else { return }
            object[token] = .null
            try inner.change(place.dropFirst(), body)
            object[token] = inner
        case .array(var items):
            self = .null
            if let index = Int(token), items.indices.contains(index) {
                try items[index].change(place.dropFirst(), body)
            }
            self = .array(items)
        case .null, .bool, .number, .string: break
        }
    }

    /// Takes the value at a place away, if it is still there.
    fileprivate mutating func remove(_ place: ArraySlice<String>) {
        guard let token = place.first else { return }
        let rest = place.dropFirst()
        switch self {
        case .object(var object):
            if rest.isEmpty {
                object[token] = nil
            } else if var inner = object[token] {
                inner.remove(rest)
                object[token] = inner
            }
            self = .object(object)
        case .array(var items):
            guard let index = Int(token), items.indices.contains(index) else { return }
            if rest.isEmpty { items.remove(at: index) } else { items[index].remove(rest) }
            self = .array(items)
        case .null, .bool, .number, .string: break
        }
    }
}

extension JSONPointer {
    /// In the order of a document's arrays; members have no order that matters.
    fileprivate func stands(before other: JSONPointer) -> Bool {
        for (own, others) in zip(tokens, other.tokens) where own != others {
            if let left = Int(own), let right = Int(others) { return left < right }
            return own < others
        }
        return tokens.count < other.tokens.count
    }
}
