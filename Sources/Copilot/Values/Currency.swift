/// Currencies by code, sign and word, with the minor units of ISO 4217.
package enum Currency {
    /// Lower-case code for a three-letter word in any case; nil if it is none we know.
    package static func code(_ word: String) -> String? {
        codes.contains(word) ? word : nil
    }

    /// Digits behind the decimal point.
    package static func minorUnits(_ code: String) -> Int {
        if withoutMinor.contains(code) { return 0 }
        return withThree.contains(code) ? 3 : 2
    }

    /// The currency of a sign; `¥` is yen, in Chinese text yuan.
    static func sign(_ sign: String, _ language: Language) -> String? {
        sign == "¥" ? (language == .chinese ? "cny" : "jpy") : signs[sign]
    }

    /// The currency of an English word, singular or plural.
    static func word(_ word: String) -> String? { words[word] ?? code(word) }

    /// Chinese words, longest first, so that 港元 is found before 元.
    static let chinese: [(word: [String], code: String)] =
        chineseWords.map { (word: $0.key.map(String.init), code: $0.value) }
        .sorted { ($0.word.count, $0.word.joined()) > ($1.word.count, $1.word.joined()) }

    private static let signs = [
        "$": "usd", "€": "eur", "£": "gbp", "₩": "krw", "₹": "inr", "฿": "thb", "₺": "try",
        "₫": "vnd",
    ]
    private static let words: [String: String] = [
        "dollar": "usd", "dollars": "usd", "buck": "usd", "bucks": "usd", "us": "usd",
        "usds": "usd",
        "dolar": "usd", "dollers": "usd", "euro": "eur", "euros": "eur", "pound": "gbp",
        "pounds": "gbp", "quid": "gbp",
        "sterling": "gbp", "franc": "chf", "francs": "chf", "yen": "jpy", "yuan": "cny",
        "rmb": "cny",
        "renminbi": "cny", "won": "krw", "rupee": "inr", "rupees": "inr", "zloty": "pln",
        "real": "brl",
        "reais": "brl", "loonie": "cad", "loonies": "cad",
    ]
    private static let chineseWords: [String: String] = [
        "美元": "usd", "美金": "usd", "美刀": "usd", "刀": "usd", "欧元": "eur", "欧": "eur", "英镑": "gbp",
        "镑": "gbp", "瑞士法郎": "chf", "瑞郎": "chf", "法郎": "chf", "日元": "jpy", "日圆": "jpy", "元": "cny",
        "块": "cny", "块钱": "cny", "人民币": "cny", "元人民币": "cny", "圆": "cny", "港币": "hkd", "港元": "hkd",
        "港纸": "hkd", "韩元": "krw", "韩币": "krw",
        "新加坡元": "sgd", "新币": "sgd", "加元": "cad", "加币": "cad", "澳元": "aud", "澳币": "aud",
        "新台币": "twd", "台币": "twd", "卢比": "inr", "泰铢": "thb", "巴西雷亚尔": "brl",
        "科威特第纳尔": "kwd", "巴林第纳尔": "bhd", "瑞典克朗": "sek", "墨西哥比索": "mxn", "越南盾": "vnd", "兹罗提": "pln",
        "印尼盾": "idr", "卢布": "rub", "约旦第纳尔": "jod", "阿曼里亚尔": "omr", "突尼斯第纳尔": "tnd", "挪威克朗": "nok",
        "丹麦克朗": "dkk",
    ]
    /// Two words each; the first alone says a nationality, the second alone nothing certain.
    static let pairs: [String: String] = [
        "us dollar": "usd", "canadian dollar": "cad", "australian dollar": "aud",
        "singapore dollar": "sgd", "swiss franc": "chf", "japanese yen": "jpy",
        "british pound": "gbp",
        "kuwaiti dinar": "kwd", "bahraini dinar": "bhd", "jordanian dinar": "jod",
        "tunisian dinar": "tnd",
        "omani rial": "omr", "chinese yuan": "cny", "korean won": "krw", "indian rupee": "inr",
        "mexican peso": "mxn", "swedish krona": "sek", "norwegian krone": "nok",
        "danish krone": "dkk",
        "zealand dollar": "nzd", "brazilian real": "brl", "czech koruna": "czk",
        "polish zloty": "pln",
        "taiwan dollar": "twd", "thai baht": "thb", "chilean peso": "clp",
        "swedish kronor": "sek", "norwegian kroner": "nok", "danish kroner": "dkk",
        "turkish lira": "try",
        "iraqi dinar": "iqd", "libyan dinar": "lyd", "vietnamese dong": "vnd",
        "hungarian forint": "huf", "icelandic krona": "isk",
    ]
    /// Two words of a country, before the word of the currency.
    static let triples = ["hong kong": "hkd", "new zealand": "nzd", "south african": "zar"]
    private static let withoutMinor: Set<String> = Set(
        "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf".split(separator: " ")
            .map(String.init))
    private static let withThree: Set<String> = ["bhd", "iqd", "jod", "kwd", "lyd", "omr", "tnd"]
    // Codes that are English words as well ("all", "top", "mad") are left out.
    private static let codes: Set<String> = Set(
        """
        usd eur gbp chf jpy cny hkd krw aud cad nzd sgd sek nok dkk pln czk huf inr brl mxn zar thb twd myr \
        idr php vnd ils aed sar qar kwd bhd omr jod tnd iqd lyd egp ngn kes clp cop ars pen uyu isk ron bgn \
        rub uah gel bif djf gnf kmf pyg rwf ugx vuv xaf xof xpf
        """.split(separator: " ").map(String.init))
}
