import Contracts

/// A plan's faults as the settings of chaos take them, `latency=300ms,503=25%`.
enum ChaosText {
    /// Nil where the plan asks for what these settings cannot say, such as faults of webhooks.
    static func text(_ chaos: JSONValue) -> String? {
        guard let faults = chaos.object else { return nil }
        if faults["off"] == true { return "" }
        var parts: [String] = []
        for fault in faults.members {
            switch fault.name {
            case "duration", "error_status", "error_class": continue
            case "match":
                guard fault.value.object?.names == ["api"], fault.value["api"] == "payments" else {
                    return nil
                }
            case "latency_ms":
                if let length = fault.value.int {
                    parts.append("latency=\(length)ms")
                } else if let least = fault.value["min"]?.int, let most = fault.value["max"]?.int {
                    parts.append("latency=uniform(\(least)ms,\(most)ms)")
                }
            case "error_rate": parts.append(part(error(faults), fault.value))
            case "timeout_rate": parts.append(part("timeout", fault.value))
            case "connection_reset_rate": parts.append(part("reset", fault.value))
            case "truncate_rate": parts.append(part("truncate", fault.value))
            case "slow_body_rate": parts.append(part("slow_body", fault.value))
            default: return nil
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ",")
    }

    /// The body that sets them; empty takes all off.
    static func document(_ chaos: JSONValue) -> JSONObject? {
        guard let text = text(chaos) else { return nil }
        var document = JSONObject()
        guard !text.isEmpty else { return document }
        if let api = chaos["match"]?["api"] {
            document["rules"] = [["contract": api, "faults": .string(text)]]
        } else {
            document["faults"] = .string(text)
        }
        if let duration = chaos["duration"] { document["for"] = duration }
        return document
    }

    private static func error(_ faults: JSONObject) -> String {
        faults["error_status"]?.int.map { String($0) } ?? faults["error_class"]?.string ?? "5xx"
    }

    /// `503=25%`; without a share where it happens always.
    private static func part(_ name: String, _ rate: JSONValue) -> String {
        let share = percent(JSONWriter.text(rate))
        return share == "100" ? name : "\(name)=\(share)%"
    }

    /// A number from 0 to 1 in decimal digits, times a hundred, digit by digit.
    private static func percent(_ number: String) -> String {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        let padded = fraction + String(repeating: "0", count: max(0, 2 - fraction.count))
        let whole = (String(parts[0]) + padded.prefix(2)).drop { $0 == "0" }
        let rest = padded.dropFirst(2)
        return (whole.isEmpty ? "0" : String(whole)) + (rest.isEmpty ? "" : ".\(rest)")
    }
}
