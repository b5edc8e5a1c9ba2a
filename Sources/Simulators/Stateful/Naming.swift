/// How APIs spell the same name: `customerId`, `customer_id`, `CustomerID`.
enum Naming {
    /// Lower case, letters and digits only.
    static func plain(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// `customers` → `customer`, `addresses` → `address`, `companies` → `company`.
    static func singular(_ name: String) -> String {
        let name = name.lowercased()
        if name.hasSuffix("ies"), name.count > 4 { return name.dropLast(3) + "y" }
        for ending in ["sses", "xes", "ches", "shes"] where name.hasSuffix(ending) {
            return String(name.dropLast(2))
        }
        return name.hasSuffix("s") && !name.hasSuffix("ss") && name.count > 2
            ? String(name.dropLast()) : name
    }

    /// Whether a word means the state: `cancel` and `canceled`, `void` and `VOIDED`.
    static func isState(_ state: String, of verb: String) -> Bool {
        let (state, verb) = (plain(state), plain(verb))
        if let other = states[verb], other.contains(state) { return true }
        let stem = verb.hasSuffix("e") ? String(verb.dropLast()) : verb
        return stem.count >= 3 && state.hasPrefix(stem)
    }

    private static let states: [String: [String]] = [
        "cancel": ["cancelled", "canceled"], "resume": ["active", "running"],
        "reactivate": ["active"], "activate": ["active", "enabled"], "enable": ["enabled", "active"],
        "disable": ["disabled", "inactive"], "deactivate": ["inactive", "disabled"],
        "confirm": ["confirmed", "succeeded"], "capture": ["captured", "succeeded", "completed"],
        "pay": ["paid"], "send": ["sent"], "submit": ["submitted", "pending"],
        "reopen": ["open"], "finalize": ["open", "final"], "complete": ["completed", "done"],
        "accept": ["accepted", "lost"], "decline": ["declined"], "deny": ["denied"],
        "start": ["started", "running"], "stop": ["stopped"],
    ]
}
