import Runtime
import TestSupport
import Testing

@testable import Postgres

@Suite struct Values {
    private static let all = Statement(
        "test_all_values",
        """
        SELECT $1::text, $2::jsonb::text, $3::bigint, $4::boolean, $5::uuid, $6::bytea, $7::text[],
            $8::uuid[], $9::timestamptz
        """)
    private static let text = Statement("test_one_text", "SELECT $1::text")
    private static let intoText = Statement("test_uuid_as_text", "SELECT 'a'::text = $1")

    @Test func `come back as they went, whatever they are`() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        try await DatabaseFixture().run { postgres in
            let random = SeededRandom(seed: seed)
            for _ in 0..<300 {
                try await Self.roundTrip(postgres, random, seed)
            }
        }
    }

    private static func roundTrip(
        _ postgres: Postgres, _ random: SeededRandom, _ seed: UInt64
    ) async throws {
        let text = makeText(random)
        let number = edge(random) ?? Int64(bitPattern: random.next())
        let id = (high: random.next(), low: random.next())
        let bytes = random.bytes(Int(random.next() % 300))
        let texts = (0..<random.next() % 4).map { _ in makeText(random) }
        let ids = (0..<random.next() % 3).map { _ in (high: random.next(), low: random.next()) }
        // Years 1 to 9999.
        let time = Int64(random.next() % 315_500_000_000_000_000) - 62_135_596_800_000_000
        let rows = try await postgres.read(
            Call(
                all, .text(text), .utf8(Array("[1.50]".utf8)), .int(number),
                .bool(number % 2 == 0), .uuid(high: id.high, low: id.low), .bytes(bytes),
                .textArray(texts), .uuidArray(ids), .timestamp(microsecondsSince1970: time)))
        let row = rows[0]
        #expect(row.text(0) == text, "seed \(seed)")
        #expect(row.utf8(1) == Array("[1.50]".utf8))
        #expect(row.int(2) == number, "seed \(seed)")
        #expect(row.bool(3) == (number % 2 == 0))
        #expect(row.uuid(4) == id, "seed \(seed)")
        #expect(row.bytes(5) == bytes, "seed \(seed)")
        #expect(row.textArray(6) == texts, "seed \(seed)")
        #expect(row.uuidArray(7).elementsEqual(ids, by: ==), "seed \(seed)")
        #expect(row.microseconds(8) == time, "seed \(seed)")
    }

    private static func edge(_ random: SeededRandom) -> Int64? {
        let edges: [Int64] = [.min, .max, 0, -1, 1, .min + 1]
        let index = Int(random.next() % 12)
        return index < edges.count ? edges[index] : nil
    }

    /// What breaks naive quoting, and any other character but NUL.
    private static func makeText(_ random: SeededRandom) -> String {
        let awkward = ["\"", "\\", "'", "{", "}", ",", "NULL", "\n", "\t", "", "é", "支付", "🏦", " ", "$1"]
        return (0..<random.next() % 6).map { _ in awkward[Int(random.next() % 15)] }.joined()
    }

    @Test func `NULL is told from empty`() async throws {
        try await DatabaseFixture().run { postgres in
            let rows = try await postgres.read(
                Call(
                    Self.all, .text(""), .null, .null, .null, .null, .bytes([]), .textArray([]),
                    .uuidArray([]), .null))
            let row = rows[0]
            #expect(row.textOrNil(0) == "")
            #expect(row.utf8OrNil(1) == nil && row.intOrNil(2) == nil && row.boolOrNil(3) == nil)
            #expect(row.uuidOrNil(4) == nil && row.microsecondsOrNil(8) == nil)
            #expect(row.bytesOrNil(5) == [])
            #expect(row.textArray(6).isEmpty && row.uuidArray(7).isEmpty)
        }
    }

    @Test func `NUL in text is refused before anything is sent`() async throws {
        try await DatabaseFixture().run { postgres in
            for value in [
                PostgresValue.text("a\0b"), .utf8([0]), .textArray(["fine", "\0"]),
            ] {
                let error = await postgresError {
                    _ = try await postgres.read([Call(Self.text, .text("x")), Call(Self.text, value)])
                }
                guard case .invalidCall = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            let error = await postgresError {
                try await postgres.transaction { $0.enqueue(Call(Self.text, .text("\0"))) }
            }
            guard case .invalidCall = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `bytes that are no UTF-8 are the server's to refuse, and its alone`() async throws {
        try await DatabaseFixture().run { postgres in
            let error = await postgresError {
                _ = try await postgres.read(Call(Self.text, .utf8([0xFF])))
            }
            #expect(error?.serverError?.sqlState == "22021")
            try await expect("fine") { try await postgres.read(Call(Self.text, .text("fine")))[0].text(0) }
        }
    }

    @Test func `a uuid where text belongs is an error, never garbage`() async throws {
        try await DatabaseFixture().run { postgres in
            let error = await postgresError {
                _ = try await postgres.read(Call(Self.intoText, .uuid(high: 1, low: 2)))
            }
            #expect(error?.serverError?.sqlState == "42883")
        }
    }

    @Test func `errors show nothing unless asked for`() {
        let error = PostgresError.server(
            ServerError(sqlState: "23505", message: "secret", detail: "more", constraint: "c"))
        #expect("\(error)" == "")
        #expect("\(error.serverError!)" == "")
        #expect(String(reflecting: error).contains("secret"))
    }

    @Test func `a database URL is read and written`() {
        let address = ConnectionAddress(
            url: "postgres://ann:p%40ss@db.example:6432/books?sslmode=require")
        #expect(address?.host == "db.example" && address?.port == 6_432)
        #expect(address?.user == "ann" && address?.password == "p@ss")
        #expect(address?.options["sslmode"] == "require")
        #expect(address.map(\.description) == "ann@db.example:6432/books")
        #expect(address.flatMap { ConnectionAddress(url: $0.url) } == address)
        let socket = ConnectionAddress(
            host: "/run/sbx-1", port: 5_432, user: "a", password: "b c&d", database: "sbx")
        #expect(ConnectionAddress(url: socket.url) == socket)
        #expect(ConnectionAddress(url: "http://nowhere") == nil)
    }
}
