import Access
import Contracts
import HTTP
import Observability
import Tenancy

// Hosts to which nothing may go in the tenant's name.
extension PlatformAPI {
    static let deniedHostHandlers: [String: Handler] = [
        "get_denied_hosts": .tenant(.read) { api, _, access throws(Refusal) in
            try await api.tenancy { () throws(TenancyError) in
                document(try await api.services.outbound.deniedHosts.entries(as: access))
            }
        },
        "set_denied_hosts": .manage { api, call, management throws(Refusal) in
            let entries = try entries(call.body["hosts"]?.array ?? [])
            return try await api.tenancy { () throws(TenancyError) in
                try await api.services.outbound.deniedHosts.replace(with: entries, as: management)
                return document(entries)
            }
        },
    ]

    /// As they are kept, each once.
    private static func entries(_ asked: [JSONValue]) throws(Refusal) -> [String] {
        var entries: [String] = []
        for (index, value) in asked.enumerated() {
            guard let entry = DeniedHosts.entry(value.string ?? "") else {
                throw .invalid(
                    pointer: "/hosts/\(index)", rule: "host",
                    expected: "a name, *.name for all below it as well, an address, or a range such as 192.0.2.0/24")
            }
            if !entries.contains(entry) { entries.append(entry) }
        }
        return entries
    }

    private static func document(_ entries: [String]) -> Answer {
        Answer(200, ["hosts": .array(entries.map { .string($0) })])
    }
}
