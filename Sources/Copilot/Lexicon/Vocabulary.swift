/// The English stems of the lexicon, for mending typing errors: a word that is one letter away from
/// a stem (two for long words) is read as it. Numbers, codes, names and short words are left alone.
struct Vocabulary: Sendable {
    private let words: Set<String>
    private let byFirstLetter: [Character: [[Character]]]

    init(_ words: Set<String>) {
        self.words = words
        let long = words.filter { $0.count >= Limits.spellingLettersMin - 1 && $0.unicodeScalars.allSatisfy(\.isASCII) }
        byFirstLetter = Dictionary(grouping: long.sorted().map(Array.init), by: { $0[0] })
    }

    func contains(_ word: String) -> Bool { words.contains(word) }

    /// The nearest stem; nil where none is near, or two are equally near.
    func nearest(to word: String) -> String? {
        guard word.count >= Limits.spellingLettersMin, word.allSatisfy({ $0.isLetter && $0.isASCII }) else { return nil }
        let letters = Array(word)
        var best: (distance: Int, word: [Character])?
        let allowed = letters.count >= Limits.spellingLettersForTwo ? 2 : 1
        for candidate in byFirstLetter[letters[0]] ?? [] where abs(candidate.count - letters.count) <= allowed {
            let distance = Self.distance(letters, candidate)
            if distance <= allowed, distance < best?.distance ?? 3 { best = (distance, candidate) }
        }
        return best.map { String($0.word) }
    }

    /// Insertions, deletions, replacements and swaps of neighbours.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(
                    rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], rows[i - 2][j - 2] + 1)
                }
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
