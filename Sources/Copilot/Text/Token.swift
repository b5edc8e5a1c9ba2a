/// The smallest piece of a request, with its place.
package struct Token: Equatable, Sendable {
    package enum Kind: Sendable {
        /// Letters, or letters with digits that belong together: `refund`, `r01`, `3ds`.
        case word
        /// Digits with their separators, as written: `1.234,56`.
        case number
        /// One Chinese character.
        case han
        /// What stands between quotation marks, without them. Data, never an instruction.
        case quoted
        case url, email, phone
        /// A name with an underscore or a point inside: `pay_3`, `camt.053`, `payout.paid`.
        case identifier
        /// `2027-01-05`, alone or with a time and zone.
        case date
        /// `22:45`.
        case clock
        /// A sign with a meaning: currency, `%`, `+`.
        case sign
        /// Ends a part of the sentence: `, . ; : ! ?` and brackets.
        case pause
    }

    package let kind: Kind
    /// Folded for words, as typed for quoted text, addresses and identifiers.
    package let text: String
    /// Places in ``NormalisedText``.
    package let span: Range<Int>
    /// Follows its predecessor without a space.
    package let isAttached: Bool
    /// Was typed with a capital first letter: a name, or the first word.
    package let isCapitalised: Bool
}
