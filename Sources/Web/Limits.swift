/// Named bounds of the portal.
enum Limits {
    /// Bytes of a form: the largest holds a request's body to try out.
    static let formBytes = 262_144
    /// Of what somebody looks for: longer than any name or id.
    static let findCharacters = 100
    /// Fields of a form.
    static let formFields = 200
    /// How long a chosen language is kept: a year.
    static let languageSeconds = 31_536_000
    /// Rows of a list on one page.
    static let rows = 50
    /// Rows that the overview looks back over.
    static let overviewRows = 100
    /// Tenants that stand out, on the operator's first page.
    static let exceptions = 10
    /// Seconds that a browser waits for a run before it is shown under way.
    static let runWaitSeconds = 10
    /// Seconds after a reset in which a page offers to undo it.
    static let undoSeconds = 900
    /// Bytes of a body that a page shows; the rest is in the API's answer.
    static let shownBodyBytes = 65_536
}
