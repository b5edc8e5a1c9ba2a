import Glibc

/// Arguments that make no sense; the message names the one and what it should be.
struct UsageError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// A command's `--name value`, `--name=value`, `--flag` and plain arguments. An option that is
/// not given is looked for in the environment as `SBX_NAME`.
struct Options {
    private var values: [String: String] = [:]
    private var flags: Set<String> = []
    private var order: [String] = []
    private(set) var plain: [String] = []

    /// Options without a value.
    private static let flagNames: Set<String> = ["json", "tls-dev", "help", "immediately"]

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                plain.append(argument)
                continue
            }
            let parts = argument.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            order.append(name)
            if Self.flagNames.contains(name) {
                flags.insert(name)
            } else if parts.count == 2 {
                values[name] = String(parts[1])
            } else {
                values[name] = rest.popFirst() ?? ""
            }
        }
    }

    /// Refuses options that the command does not know.
    func allowOnly(_ names: String...) throws(UsageError) {
        for name in order where !names.contains(name) && name != "json" {
            throw UsageError("there is no option --\(name) here")
        }
    }

    subscript(name: String) -> String? {
        if let value = values[name] { return value }
        let variable = "SBX_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
        return getenv(variable).map { String(cString: $0) }
    }

    func isSet(_ flag: String) -> Bool {
        flags.contains(flag) || self[flag] == "1"
    }
}

/// To standard error, in one write.
func printError(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
