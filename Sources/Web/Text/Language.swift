import HTTP

/// The two languages of the portal. A text stands in both beside the element that shows it:
/// `say("Sign in", "登录")`, so that neither can be forgotten.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"

    func callAsFunction(_ english: String, _ chinese: String) -> String {
        switch self {
        case .english: english
        case .chinese: chinese
        }
    }

    /// As the page's `lang` says it.
    var tag: String {
        switch self {
        case .english: "en"
        case .chinese: "zh-Hans"
        }
    }

    var ownName: String {
        switch self {
        case .english: "English"
        case .chinese: "中文"
        }
    }

    /// What `?lang=` says, else what was chosen before, else what the browser asks for first of the
    /// two.
    static func wanted(query: String?, chosen: String?, _ fields: HeaderFields) -> Language {
        if let query, let language = Language(rawValue: query) { return language }
        if let chosen, let language = Language(rawValue: chosen) { return language }
        for member in fields.list("Accept-Language") {
            let tag = member.prefix { $0 != "-" && $0 != ";" && $0 != " " }.lowercased()
            if let language = Language(rawValue: tag) { return language }
        }
        return .english
    }
}
