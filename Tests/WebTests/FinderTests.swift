import Testing

@testable import Web

@Suite struct `Finding something by its name` {
    private let finder = Finder(
        slug: "calm-river",
        operations: [
            Finder.Place(
                title: "create_payment", detail: "POST /v1/payments Charge a card",
                address: "/s/calm-river/reference/create_payment"),
            Finder.Place(
                title: "list_payments", detail: "GET /v1/payments Newest first",
                address: "/s/calm-river/reference/list_payments"),
        ],
        scenarios: [
            Finder.Place(
                title: "insufficient_funds", detail: "The card has too little money.",
                address: "/s/calm-river/scenarios?q=insufficient_funds")
        ], .english)

    private func titles(_ text: String) -> [String] {
        finder.found(text).flatMap { $0.places.map(\.title) }
    }

    @Test func `takes every word, wherever it stands`() {
        #expect(titles("payment card") == ["create_payment"])
        #expect(titles("funds") == ["insufficient_funds"])
        #expect(titles("INSUFFICIENT funds") == ["insufficient_funds"])
        #expect(titles("payment unicorn").isEmpty)
    }

    @Test func `shows first whose name begins so`() {
        #expect(titles("list").first == "list_payments")
        #expect(titles("re").prefix(2) == ["Reference", "Requests"])
    }

    @Test func `offers pages and actions before a word is typed`() {
        let groups = finder.found(" ")
        #expect(groups.map(\.name) == ["Pages", "Actions"])
        #expect(groups[0].places.count == Section.allCases.count)
    }

    @Test(arguments: [
        ("req_01M80RNWT05V964P2038K178XH", "/requests/req_01M80RNWT05V964P2038K178XH"),
        ("run_01M80RNWT05V964P2038K178XH", "/runs/run_01M80RNWT05V964P2038K178XH"),
        ("0af7651916cd43dd8448eb211c80319c", "/traces/0af7651916cd43dd8448eb211c80319c"),
        ("pay_01M80RNWT05V964P2038K178XH", "/requests?entity=pay_01M80RNWT05V964P2038K178XH"),
    ])
    func `knows where a pasted id leads`(_ id: String, _ address: String) {
        #expect(finder.found(" \(id) ").first?.places.first?.address == "/s/calm-river" + address)
    }

    @Test(arguments: ["key_01M80RNWT05V964P2038K178XH", "we_01M80RNWT05V964P2038K178XH"])
    func `leaves the platform's other ids to the page that resolves them`(_ id: String) {
        #expect(finder.found(id).first?.places.map(\.address) == ["/o/\(id)"])
    }

    @Test(arguments: ["pay_<script>alert(1)", "a_b", "create_payment", "get_client_secret", "../../admin_0123456789"])
    func `takes nothing else for an id`(_ text: String) {
        #expect(!finder.found(text).contains { $0.name == "Id" })
    }
}
