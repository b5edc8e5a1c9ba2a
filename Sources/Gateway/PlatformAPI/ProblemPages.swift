import CResources

/// The pages that problems' `type` members point at.
enum ProblemPages {
    /// Markdown of `docs/problems/{code}.md`, nil for a code that does not exist.
    static func page(_ code: String) -> [UInt8]? {
        guard ProblemCode(rawValue: code) != nil else { return nil }
        return Resources.bytes(named: "docs/problems/\(code).md")
    }
}

/// The files that the executable carries.
package enum Resources {
    package static func bytes(named name: String) -> [UInt8]? {
        all.first { $0.name == name }?.bytes
    }

    /// Every file with its path in the repository.
    package static let all: [(name: String, bytes: [UInt8])] =
        (0..<sbx_resource_count()).map { index in
            let resource = sbx_resource_at(index).pointee
            return (
                String(cString: resource.name),
                Array(UnsafeBufferPointer(start: resource.bytes, count: resource.count))
            )
        }
}
