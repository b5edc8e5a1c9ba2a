package import Runtime
import Synchronization

/// Counters of one loop, read by anybody. They say how the gateway does, without tenants or
/// requests in their labels.
package final class LoopMetrics: Sendable {
    /// Upper bounds of the latency buckets in microseconds.
    static let bucketBounds: [Int64] = [
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000,
    ]

    struct Counts: Sendable {
        /// By hundreds: 1xx at 0 … 5xx at 4.
        var byStatusClass = [Int](repeating: 0, count: 5)
        /// Not cumulative; the last is above all bounds.
        var byLatency = [Int](repeating: 0, count: LoopMetrics.bucketBounds.count + 1)
        var microseconds: Int64 = 0
        /// By the problem's code, of which there are a few dozen.
        var refusedCredentials: [String: Int] = [:]
    }

    // Uncontended except while metrics are read.
    private let counts = Mutex(Counts())

    package init() {}

    package func count(status: Int, microseconds: Int64) {
        counts.withLock { counts in
            counts.byStatusClass[min(max(status / 100 - 1, 0), 4)] += 1
            var bucket = 0
            while bucket < Self.bucketBounds.count, microseconds > Self.bucketBounds[bucket] {
                bucket += 1
            }
            counts.byLatency[bucket] += 1
            counts.microseconds += microseconds
        }
    }

    /// A credential that was none, or none for this place; `code` is the problem's.
    package func count(refusedCredential code: String) {
        counts.withLock { $0.refusedCredentials[code, default: 0] += 1 }
    }

    var snapshot: Counts { counts.withLock { $0 } }
}

/// The gateway's metrics in Prometheus' text format 0.0.4: of this process, since its start, without
/// tenants or requests in their labels.
package struct GatewayMetrics: Sendable {
    /// What waits for COPY, by the word that names it in metrics: `request_log`, `spans`.
    package typealias Writers = (name: String, writers: [RowWriter])

    private let loops: [LoopMetrics]
    private let writers: [Writers]
    private let startedAt: WallInstant

    package init(loops: [LoopMetrics], writers: [Writers], startedAt: WallInstant) {
        self.loops = loops
        self.writers = writers
        self.startedAt = startedAt
    }

    /// The exposition.
    package func exposition() -> String {
        let snapshots = loops.map(\.snapshot)
        var text = ""
        family("sbx_http_requests_total", "counter", "Requests answered.", &text)
        for statusClass in 0..<5 {
            let count = snapshots.reduce(0) { $0 + $1.byStatusClass[statusClass] }
            text += "sbx_http_requests_total{status=\"\(statusClass + 1)xx\"} \(count)\n"
        }
        appendLatency(snapshots, to: &text)
        let name = "sbx_credentials_refused_total"
        family(name, "counter", "Credentials refused, by the problem's code.", &text)
        let refused = snapshots.reduce(into: [:]) { $0.merge($1.refusedCredentials, uniquingKeysWith: +) }
        for (code, count) in refused.sorted(by: { $0.key < $1.key }) {
            text += "\(name){code=\"\(code)\"} \(count)\n"
        }
        for kind in writers { appendRows(kind, to: &text) }
        appendProcess(to: &text)
        return text
    }

    private func appendLatency(_ snapshots: [LoopMetrics.Counts], to text: inout String) {
        let name = "sbx_http_request_duration_seconds"
        family(name, "histogram", "Time from a request's head to its answer.", &text)
        var cumulative = 0
        for (bucket, bound) in LoopMetrics.bucketBounds.enumerated() {
            cumulative += snapshots.reduce(0) { $0 + $1.byLatency[bucket] }
            text += "\(name)_bucket{le=\"\(Double(bound) / 1e6)\"} \(cumulative)\n"
        }
        cumulative += snapshots.reduce(0) { $0 + $1.byLatency[LoopMetrics.bucketBounds.count] }
        text += "\(name)_bucket{le=\"+Inf\"} \(cumulative)\n"
        let sum = snapshots.reduce(0) { $0 + $1.microseconds }
        text += "\(name)_sum \(Double(sum) / 1e6)\n\(name)_count \(cumulative)\n"
    }

    private func appendRows(_ kind: Writers, to text: inout String) {
        let counts = kind.writers.map(\.counts)
        let name = "sbx_\(kind.name)_rows"
        family("\(name)_total", "counter", "Rows that were stored, or given up.", &text)
        text += "\(name)_total{result=\"stored\"} \(counts.reduce(0) { $0 + $1.stored })\n"
        text += "\(name)_total{result=\"dropped\"} \(counts.reduce(0) { $0 + $1.dropped })\n"
        family("\(name)_waiting", "gauge", "Rows that no COPY has taken yet.", &text)
        text += "\(name)_waiting \(counts.reduce(0) { $0 + $1.waiting })\n"
    }

    private func appendProcess(to text: inout String) {
        let start = "process_start_time_seconds"
        family(start, "gauge", "Start of the process, in seconds since 1970.", &text)
        text += "\(start) \(startedAt.milliseconds / 1_000)\n"
        guard let bytes = ProcessMemory.residentBytes else { return }
        let memory = "process_resident_memory_bytes"
        family(memory, "gauge", "Resident memory.", &text)
        text += "\(memory) \(bytes)\n"
    }

    private func family(_ name: String, _ type: String, _ help: String, _ text: inout String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}
