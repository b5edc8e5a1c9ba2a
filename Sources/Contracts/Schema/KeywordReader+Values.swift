// Values of keywords, reported when they are of another kind.

extension KeywordReader {
    func report(_ keyword: String, _ reason: String) {
        compiler.report(place.appending(keyword), reason)
    }

    func value<T>(_ keyword: String, _ kind: String, _ read: (JSONValue) -> T?) -> T? {
        guard let value = object[keyword] else { return nil }
        guard let found = read(value) else {
            report(keyword, "\(keyword) is \(kind), not \(value.shown)")
            return nil
        }
        return found
    }

    func number(_ keyword: String) -> JSONNumber? { value(keyword, "a number", \.number) }
    func string(_ keyword: String) -> String? { value(keyword, "a string", \.string) }
    func boolean(_ keyword: String) -> Bool? { value(keyword, "a boolean", \.bool) }
    func array(_ keyword: String) -> [JSONValue]? { value(keyword, "an array", \.array) }

    func members(_ keyword: String) -> [JSONObject.Member]? {
        value(keyword, "an object", \.object)?.members
    }

    func count(_ keyword: String) -> Int? {
        value(keyword, "an integer of 0 or more") { $0.int.flatMap { $0 < 0 ? nil : Int($0) } }
    }

    func names(_ value: JSONValue?, at keyword: String) -> [String]? {
        guard let value else { return nil }
        guard let items = value.array, case let names = items.compactMap(\.string),
            names.count == items.count
        else {
            report(keyword, "\(keyword) lists names, not \(value.shown)")
            return nil
        }
        return names
    }

    func isTrue(_ keyword: String) -> Bool { object[keyword]?.bool == true }

    func pattern(_ source: String, at place: SchemaPlace) -> Pattern? {
        do {
            return try Pattern(source)
        } catch {
            compiler.report(place, "\(error)")
            return nil
        }
    }

    func schema(_ keyword: String) -> SchemaIndex? {
        object[keyword].map { index(place.appending(keyword), $0) }
    }

    func schemas(_ keyword: String) -> [SchemaIndex]? {
        array(keyword)?.enumerated().map { position, value in
            index(place.appending(keyword).appending(position), value)
        }
    }

    func index(_ keyword: String, _ member: JSONObject.Member) -> SchemaIndex {
        index(place.appending(keyword).appending(member.name), member.value)
    }

    func target(_ reference: String, _ keyword: String) -> SchemaIndex? {
        compiler.target(of: reference, from: place, in: resource, keyword: keyword)
            .map { compiler.index(of: $0) }
    }

    private func index(_ place: SchemaPlace, _ value: JSONValue) -> SchemaIndex {
        compiler.index(of: place, value: value, in: resource)
    }
}
