import Glibc
import Runtime
import Synchronization
import Testing

@Suite struct `An event loop` {
    @Test func `runs a task on its own thread, after each suspension too`() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let loop = group.loops[0]
        let places = try await EventLoopGroup.run(on: loop) {
            var places = [loop.isCurrent]
            await Task.yield()
            places.append(loop.isCurrent)
            await loop.sleep(for: .milliseconds(1))
            places.append(loop.isCurrent)
            return places
        }
        #expect(places == [true, true, true])
        #expect(EventLoop.current == nil)
    }

    @Test func `takes work from many threads and loses none`() async throws {
        let group = EventLoopGroup(count: 2)
        defer { group.shutdown() }
        let total = try await withThrowingTaskGroup(of: Int.self) { tasks in
            for number in 0..<2_000 {
                let loop = group.loops[number % 2]
                tasks.addTask {
                    try await EventLoopGroup.run(on: loop) {
                        await Task.yield()
                        return 1
                    }
                }
            }
            return try await tasks.reduce(0, +)
        }
        #expect(total == 2_000)
    }

    @Test func `fires timers in order of their deadlines and leaves out cancelled ones`() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let loop = group.loops[0]
        let fired = Mutex<[Int]>([])
        try await EventLoopGroup.run(on: loop) {
            for delay in [5, 1, 3, 2, 4] {
                let timer = loop.schedule(after: .milliseconds(delay)) {
                    fired.withLock { $0.append(delay) }
                }
                if delay == 3 { timer.cancel() }
            }
            await loop.sleep(for: .milliseconds(6))
        }
        #expect(fired.withLock { $0 } == [1, 2, 4, 5])
    }

    @Test func `reports readiness of a watched descriptor until it is unwatched`() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let loop = group.loops[0]
        let pipe = try Pipe()
        let reader = ByteReader(descriptor: pipe.read, loop: loop)
        let byte = try await EventLoopGroup.run(on: loop) {
            loop.watch(pipe.read, for: .readable, reader)
            pipe.send(42)
            let byte = await reader.byte()
            loop.unwatch(pipe.read)
            return byte
        }
        #expect(byte == 42)
    }

    @Test func `runs end-of-tick work once, after the jobs of the tick`() async throws {
        let group = EventLoopGroup(count: 1)
        defer { group.shutdown() }
        let loop = group.loops[0]
        let work = Recorder()
        let (before, after) = try await EventLoopGroup.run(on: loop) {
            loop.atEndOfTick(work)
            await Task.yield()
            let before = work.count
            await loop.sleep(for: .milliseconds(1))
            return (before, work.count)
        }
        #expect(before == 0)
        #expect(after == 1)
    }
}

@Suite struct `The blocking pool` {
    @Test func `returns results and throws errors`() async throws {
        struct Wanted: Error {}
        let pool = BlockingPool(threads: 2)
        defer { pool.shutdown() }
        #expect(try await pool.run { 6 * 7 } == 42)
        await #expect(throws: Wanted.self) {
            try await pool.run { throw Wanted() }
        }
    }
}

private struct Pipe: Sendable {
    let read: CInt
    let write: CInt

    init() throws {
        var descriptors: [CInt] = [0, 0]
        try #require(pipe(&descriptors) == 0)
        (read, write) = (descriptors[0], descriptors[1])
    }

    func send(_ byte: UInt8) {
        var byte = byte
        _ = Glibc.write(write, &byte, 1)
    }
}

/// Loop-confined: used on the loop's thread only.
private final class ByteReader: ReadinessHandler, @unchecked Sendable {
    private let descriptor: CInt
    private var waiting: CheckedContinuation<UInt8, Never>?

    init(descriptor: CInt, loop: EventLoop) {
        self.descriptor = descriptor
    }

    func byte() async -> UInt8 {
        await withCheckedContinuation { waiting = $0 }
    }

    func ready(_ readiness: Readiness) {
        var byte: UInt8 = 0
        guard read(descriptor, &byte, 1) == 1 else { return }
        waiting?.resume(returning: byte)
        waiting = nil
    }
}

/// Loop-confined: used on the loop's thread only.
private final class Recorder: EndOfTickWork, @unchecked Sendable {
    private(set) var count = 0
    func endOfTick() { count += 1 }
}
