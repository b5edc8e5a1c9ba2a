/// Words of generated slugs: short, known, harmless in any pairing. 64 each, one for six bits.
enum SlugWords {
    static let first = [
        "amber", "brisk", "calm", "clear", "cobalt", "coral", "crisp", "dawn",
        "deep", "early", "easy", "even", "fair", "fast", "fine", "first",
        "fresh", "gentle", "glad", "gold", "grand", "green", "happy", "hazel",
        "ivory", "jade", "keen", "kind", "large", "late", "light", "lilac",
        "lucky", "lunar", "maple", "mellow", "mild", "mint", "misty", "neat",
        "noble", "north", "olive", "open", "pale", "pearl", "plain", "prime",
        "proud", "quick", "quiet", "rapid", "royal", "ruby", "sage", "silver",
        "smooth", "snowy", "solar", "south", "still", "sunny", "swift", "warm",
    ]

    static let second = [
        "arch", "bay", "beach", "bell", "birch", "bird", "boat", "bridge",
        "brook", "canal", "cedar", "cliff", "cloud", "coast", "comet", "cove",
        "creek", "delta", "dune", "falcon", "fern", "field", "finch", "fjord",
        "forest", "garden", "glade", "grove", "harbor", "hill", "island", "lake",
        "lantern", "leaf", "meadow", "mill", "moon", "mountain", "oak", "ocean",
        "orchard", "otter", "path", "pine", "planet", "pond", "quarry", "reef",
        "ridge", "river", "road", "sail", "shore", "sky", "spring", "star",
        "stone", "stream", "summit", "tower", "trail", "valley", "wave", "willow",
    ]
}
