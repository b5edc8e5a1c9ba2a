import Access
package import Contracts
import Tenancy

/// A type of event that an imported contract declares as a webhook.
///
/// Its name is `webhook.{contract}.{webhook}`: no type of a domain begins with that word, whatever
/// a contract is called. Both names are spelled as types of event are, so that endpoints can ask
/// for them: `publishNewEvent` of `city-museum` is `webhook.city_museum.publish_new_event`.
package struct DeclaredEventType: Sendable {
    package let name: String
    /// The name under which the contract is mounted.
    package let contract: String
    package let webhook: DeclaredMessage

    /// The first word of their names; what is below it is delivered as the contract declares it,
    /// without an envelope.
    package static let word = "webhook"

    /// Those of a contract. Left out are those of a method that sends nothing, and those whose body
    /// has no JSON form. Of names that are spelled the same the later get a number.
    package static func types(of document: Contract, named contract: String) -> [Self] {
        var taken = Set<String>()
        return document.webhooks.filter { methods.contains($0.method) && $0.isMade }.map { webhook in
            let plain = prefix(contract) + spelled(webhook.name)
            let name = String(plain.prefix(WebhookLimits.typeCharacters))
            var free = name
            var number = 2
            while !taken.insert(free).inserted {
                free = "\(name)_\(number)"
                number += 1
            }
            return Self(name: free, contract: contract, webhook: webhook)
        }
    }

    private static let methods: Set<String> = ["POST", "PUT", "PATCH", "DELETE", "GET"]

    /// Whether `type` is below the name of the contract.
    package static func isType(_ type: String, of contract: String) -> Bool {
        type.hasPrefix(prefix(contract))
    }

    /// The type of the events that a callback's calls are.
    static func name(ofCallback callback: String, of contract: String) -> String {
        let name = "callback.\(spelled(contract)).\(spelled(callback))"
        return String(name.prefix(WebhookLimits.typeCharacters))
    }

    private static func prefix(_ contract: String) -> String {
        "\(word).\(spelled(contract))."
    }

    /// Lower-case words: `publishNewEvent`, `Publish-New event` → `publish_new_event`. Dots stay
    /// where there is something on both sides.
    static func spelled(_ name: String) -> String {
        name.split(separator: ".").map { part in
            let word = snake(Array(part.unicodeScalars))
            return word.isEmpty ? "_" : word
        }.joined(separator: ".")
    }

    private static func snake(_ letters: [Unicode.Scalar]) -> String {
        var words: [String] = [""]
        for (index, letter) in letters.enumerated() {
            guard isWord(letter) else {
                words.append("")
                continue
            }
            let next = index + 1 < letters.count ? letters[index + 1] : nil
            let begins =
                index > 0 && isUpper(letter)
                && (!isUpper(letters[index - 1]) || (next.map { isLower($0) } ?? false))
            if begins { words.append("") }
            words[words.count - 1] += String(letter).lowercased()
        }
        return words.filter { !$0.isEmpty }.joined(separator: "_")
    }

    private static func isUpper(_ letter: Unicode.Scalar) -> Bool { ("A"..."Z").contains(letter) }
    private static func isLower(_ letter: Unicode.Scalar) -> Bool { ("a"..."z").contains(letter) }
    private static func isWord(_ letter: Unicode.Scalar) -> Bool {
        isUpper(letter) || isLower(letter) || ("0"..."9").contains(letter)
    }
}

extension DeclaredMessage {
    /// A body as the contract declares it: its example, else one that is made from the schema, with
    /// `overrides` merged over it (RFC 7396). Nil where it declares none.
    ///
    /// It is made like an answer: the API is who sends it, so members that only the API sets
    /// (`readOnly`) are in it and those that only a client sends are not.
    /// - Throws: `invalid` where the result would not fit the contract.
    func made(
        _ overrides: JSONValue?, _ draws: String, in world: WorldTransaction
    ) throws(WebhookError) -> JSONValue? {
        guard let media = body?.json else {
            guard overrides == nil else {
                throw .invalid(
                    pointer: "/overrides", rule: "requestBody",
                    expected: "no overrides, because the contract declares no body for it")
            }
            return nil
        }
        var seed = world.draws(draws)
        let context = MakingContext(
            seed: seed.next(), now: world.now.rfc3339, seconds: world.now.seconds,
            direction: .answer)
        var document = media.body(context)
        if let overrides { document = document.merged(with: overrides) }
        if let fault = media.schema?.validate(document, as: .answer).first {
            throw .invalid(
                pointer: "/overrides\(fault.pointer)", rule: fault.rule, expected: fault.expected)
        }
        return document
    }
}
