/// What the JSON parser takes at most. Sizes of request bodies are bounded earlier, by HTTP.
package struct JSONLimits: Sendable {
    /// Bytes of one document.
    package var bytesMax: Int
    /// Arrays and objects inside each other; `[[1]]` is 2. One level costs some 300 bytes of stack.
    package var depthMax: Int

    package init(bytesMax: Int, depthMax: Int) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
    }

    /// 16 MiB: four times the largest published contract (4 MB).
    /// 512 levels: the deepest real contract nests 40; 512 levels fit a thread of 512 KiB.
    package static let standard = JSONLimits(bytesMax: 16 << 20, depthMax: 512)
}

/// Bounds of this module that no caller changes.
enum Limits {
    /// Objects with more members keep a hash index; below, comparing names in a row is faster.
    static let membersWithoutIndex = 16
}
