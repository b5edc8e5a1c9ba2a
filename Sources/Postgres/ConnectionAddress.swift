import CPQ

/// Where a server is and as whom to speak to it.
package struct ConnectionAddress: Hashable, Sendable {
    /// A host name, an address, or the folder of a Unix socket (begins with `/`).
    package var host: String
    package var port: Int
    package var user: String
    package var password: String
    package var database: String
    /// Further libpq options such as `sslmode`, from a URL.
    package var options: [String: String]

    package init(
        host: String, port: Int, user: String, password: String, database: String,
        options: [String: String] = [:]
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
        self.options = options
    }

    /// Reads `postgres://user:password@host:port/database?sslmode=…` or libpq's key=value form.
    /// Nil when libpq cannot read it, or it names no user.
    package init?(url: String) {
        guard let parsed = PQconninfoParse(url, nil) else { return nil }
        defer { PQconninfoFree(parsed) }
        var values: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        guard let user = values.removeValue(forKey: "user"),
            let port = Int(values.removeValue(forKey: "port") ?? "5432")
        else { return nil }
        self.init(
            host: values.removeValue(forKey: "host") ?? "localhost", port: port, user: user,
            password: values.removeValue(forKey: "password") ?? "",
            database: values.removeValue(forKey: "dbname") ?? user, options: values)
    }

    /// The same server and database as another role.
    package func with(user: String, password: String) -> ConnectionAddress {
        var address = self
        address.user = user
        address.password = password
        return address
    }

    package func with(database: String) -> ConnectionAddress {
        var address = self
        address.database = database
        return address
    }

    /// A URL that libpq and `psql` read. Holds the password: for the operator's eyes only.
    package var url: String {
        let query = [("host", host), ("port", String(port))] + options.sorted { $0.key < $1.key }
        let parameters = query.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
        return "postgresql://\(percentEncoded(user)):\(percentEncoded(password))@/"
            + "\(percentEncoded(database))?\(parameters)"
    }

    /// What libpq's connect functions take, empty values left out.
    var keywords: [(String, String)] {
        var keywords = [
            ("host", host), ("port", String(port)), ("user", user), ("dbname", database),
            ("client_encoding", "UTF8"),
        ]
        if !password.isEmpty { keywords.append(("password", password)) }
        keywords += options.filter { $0.key != "options" }.map { ($0.key, $0.value) }
        return keywords
    }
}

extension ConnectionAddress: CustomStringConvertible {
    /// Without the password.
    package var description: String { "\(user)@\(host):\(port)/\(database)" }
}

/// RFC 3986 § 2.3: all but unreserved characters as `%XX`.
private func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            bytes.append(byte)
        default:
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
