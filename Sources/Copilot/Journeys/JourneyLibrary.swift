package import Contracts

/// A journey that comes with the platform: a plan in a file of its own.
package struct PredefinedJourney: Sendable {
    /// What it is run by: `declined_payment`.
    package let name: String
    /// Title, summary and sentences that plan something like it, by the file's own names.
    package let document: JSONValue
    package let plan: JSONValue
}

/// The journeys of this build.
package struct JourneyLibrary: Sendable {
    /// By name.
    package let journeys: [PredefinedJourney]

    /// Fails for a file without name or plan, for two of one name, and for a plan that no run could
    /// take.
    package init(_ documents: [JSONValue]) throws(JourneyFault) {
        var read: [PredefinedJourney] = []
        for document in documents {
            guard let name = document["name"]?.string, let plan = document["plan"],
                !read.contains(where: { $0.name == name })
            else { throw .noPlan }
            _ = try Journey(plan: plan, inbox: "http://inbox.invalid/")
            read.append(PredefinedJourney(name: name, document: document, plan: plan))
        }
        journeys = read.sorted { $0.name < $1.name }
    }

    package subscript(name: String) -> PredefinedJourney? { journeys.first { $0.name == name } }
}
