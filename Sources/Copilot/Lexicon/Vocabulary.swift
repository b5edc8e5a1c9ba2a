/// The English stems of the lexicon, for mending typing errors: a word that is one letter away from
/// a stem (two for long words) is read as it. Numbers, codes, names and short words are left alone.
struct Vocabulary: Sendable {
    private let words: Set<String>
    private let byFirstLetter: [UInt8: [[UInt8]]]

    init(_ words: Set<String>) {
        self.words = words
        let long = words.filter {
            $0.count >= Limits.spellingLettersMin - 1 && $0.unicodeScalars.allSatisfy(\.isASCII)
        }
        byFirstLetter = Dictionary(grouping: long.sorted().map { Array($0.utf8) }, by: { $0[0] })
    }

    func contains(_ word: String) -> Bool { words.contains(word) }

    /// The nearest stem; nil where none is near, or two are equally near.
    func nearest(to word: String) -> String? {
        guard word.count >= Limits.spellingLettersMin,
            word.allSatisfy({ $0.isLetter && $0.isASCII })
        else { return nil }
        let letters = Array(word.utf8)
        var best: (distance: Int, word: [UInt8])?
        let allowed = letters.count >= Limits.spellingLettersForTwo ? 2 : 1
        for candidate in byFirstLetter[letters[0]] ?? []
        where abs(candidate.count - letters.count) <= allowed {
            let distance = Self.distance(letters, candidate)
            if distance <= allowed, distance < best?.distance ?? 3 { best = (distance, candidate) }
        }
        return best.map { String(decoding: $0.word, as: UTF8.self) }
    }

    /// Insertions, deletions, replacements and swaps of neighbours.
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var (beforeLast, last) = ([Int](), Array(0...b.count))
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(
                    last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
