import CLinux
import Glibc
import Synchronization

/// One thread with an epoll instance, on which the tasks of its connections run.
///
/// The loop is a `TaskExecutor` and nothing else: state belongs to its thread and is asserted to,
/// no actor stands on the request path. A tick is
///
///     epoll events → jobs until none is left → end-of-tick work → epoll_wait
///
/// so the SQL of every request that ran in a tick leaves together. A job enqueued on the loop's
/// own thread is an append to an array; from elsewhere it takes a mutex and, if the loop may be
/// asleep, an eventfd write.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    // Everything below `remote` is confined to the loop's thread; `assertCurrent` guards the faces.

    /// Position in its group, from 0.
    package let index: Int

    private struct Remote {
        var jobs: [UnownedJob] = []
        var work: [@Sendable () -> Void] = []
        var mayBeAsleep = false
        var isStopping = false
    }

    private let remote = Mutex(Remote())
    private let epoll: CInt
    private let wakeUp: CInt
    private var thread: pthread_t?
    private var jobs: [UnownedJob] = []
    private var jobsRunning: [UnownedJob] = []
    private var watches: [Watch?] = []
    private var generation: UInt32 = 0
    private var atTickEnd: [any EndOfTickWork] = []
    private var timers = TimerHeap()
    private var timeOfTick = MonotonicInstant.now()

    private struct Watch {
        let generation: UInt32
        let handler: any ReadinessHandler
    }

    init(index: Int) {
        self.index = index
        epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, CInt(EFD_NONBLOCK | EFD_CLOEXEC))
        precondition(epoll >= 0 && wakeUp >= 0, "no descriptors left for an event loop")
        sbx_epoll_control(epoll, EPOLL_CTL_ADD, wakeUp, sbx_EPOLLIN, Self.wakeUpMark)
    }

    deinit {
        close(epoll)
        close(wakeUp)
    }

    /// Marks the eventfd among epoll's events; no watch has generation 0.
    private static let wakeUpMark: UInt64 = 0
}

// MARK: - The current loop

extension EventLoop {
    private static let currentKey: pthread_key_t = {
        var key = pthread_key_t()
        precondition(pthread_key_create(&key, nil) == 0)
        return key
    }()

    /// The loop whose thread this is, nil elsewhere.
    package static var current: EventLoop? {
        guard let pointer = pthread_getspecific(currentKey) else { return nil }
        return Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
    }

    package var isCurrent: Bool {
        pthread_getspecific(Self.currentKey) == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Traps off the loop's own thread.
    package func assertCurrent() {
        precondition(isCurrent, "loop-confined state touched from another thread")
    }
}

// MARK: - From any thread

extension EventLoop {
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard !isCurrent else { return jobs.append(job) }
        wake { $0.jobs.append(job) }
    }

    /// Runs `work` on the loop in its next tick, after what was submitted before it.
    package func submit(_ work: @escaping @Sendable () -> Void) {
        wake { $0.work.append(work) }
    }

    /// Ends the loop after the current tick; tasks still suspended on it never resume.
    func stop() {
        wake { $0.isStopping = true }
    }

    private func wake(_ change: (inout Remote) -> Void) {
        let mustWake = remote.withLock { remote in
            change(&remote)
            defer { remote.mayBeAsleep = false }
            return remote.mayBeAsleep
        }
        if mustWake { eventfd_write(wakeUp, 1) }
    }
}

// MARK: - On the loop's thread

extension EventLoop {
    /// The time at the beginning of this tick; good enough for timeouts, free to read.
    package var now: MonotonicInstant { timeOfTick }

    /// Reports readiness of `descriptor` to `handler`, which the loop keeps alive until `unwatch`.
    package func watch(
        _ descriptor: CInt, for interest: Readiness, _ handler: any ReadinessHandler
    ) {
        assertCurrent()
        generation &+= 1
        if generation == 0 { generation = 1 }
        while watches.count <= Int(descriptor) { watches.append(nil) }
        precondition(watches[Int(descriptor)] == nil, "descriptor is watched already")
        watches[Int(descriptor)] = Watch(generation: generation, handler: handler)
        control(EPOLL_CTL_ADD, descriptor, interest)
    }

    /// Changes what a watched descriptor is watched for.
    package func change(_ descriptor: CInt, to interest: Readiness) {
        assertCurrent()
        control(EPOLL_CTL_MOD, descriptor, interest)
    }

    /// Ends a watch. To be called before the descriptor is closed.
    package func unwatch(_ descriptor: CInt) {
        assertCurrent()
        sbx_epoll_control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
        watches[Int(descriptor)] = nil
    }

    /// Calls `work.endOfTick()` once, after this tick's jobs have drained.
    package func atEndOfTick(_ work: any EndOfTickWork) {
        assertCurrent()
        atTickEnd.append(work)
    }

    /// Runs `action` on the loop once `delay` has passed, unless the timer is cancelled before.
    @discardableResult
    package func schedule(
        after delay: Duration, _ action: @escaping @Sendable () -> Void
    ) -> LoopTimer {
        assertCurrent()
        let timer = LoopTimer(deadline: MonotonicInstant.now() + delay, action: action)
        timers.insert(timer)
        return timer
    }

    /// Suspends the task, not the thread.
    package func sleep(for delay: Duration) async {
        await withUnsafeContinuation { continuation in
            schedule(after: delay) { continuation.resume() }
        }
    }

    private func control(_ operation: CInt, _ descriptor: CInt, _ interest: Readiness) {
        guard let watch = watches[Int(descriptor)] else {
            preconditionFailure("descriptor is not watched")
        }
        let mark = UInt64(watch.generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
        let result = sbx_epoll_control(epoll, operation, descriptor, interest.epollFlags, mark)
        precondition(result == 0, "epoll_ctl failed: errno \(errno)")
    }
}

// MARK: - The tick

extension EventLoop {
    /// Takes the calling thread until `stop`.
    func run() {
        pthread_setspecific(Self.currentKey, Unmanaged.passUnretained(self).toOpaque())
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Limits.eventsPerWait)
        defer { events.deallocate() }
        while true {
            guard takeRemote() else { break }
            runJobs()
            runEndOfTickWork()
            let count = epoll_wait(epoll, events, CInt(Limits.eventsPerWait), waitMilliseconds())
            timeOfTick = .now()
            for event in 0..<max(0, count) { dispatch(events, event) }
            fireTimers()
        }
        pthread_setspecific(Self.currentKey, nil)
    }

    /// Takes what other threads left; false when the loop is to end.
    private func takeRemote() -> Bool {
        var taken = remote.withLock { remote in
            let taken = remote
            remote.jobs.removeAll(keepingCapacity: true)
            remote.work.removeAll(keepingCapacity: true)
            remote.mayBeAsleep = false
            return taken
        }
        jobs.append(contentsOf: taken.jobs)
        for work in taken.work { work() }
        taken.work.removeAll()
        return !taken.isStopping
    }

    private func runJobs() {
        var rounds = 0
        while !jobs.isEmpty, rounds < Limits.jobRoundsPerTick {
            rounds += 1
            swap(&jobs, &jobsRunning)
            let executor = asUnownedTaskExecutor()
            for job in jobsRunning {
                // The task-executor overload: the others enqueue the job anew.
                job.runSynchronously(on: executor)
            }
            jobsRunning.removeAll(keepingCapacity: true)
        }
    }

    private func runEndOfTickWork() {
        guard !atTickEnd.isEmpty else { return }
        let work = atTickEnd
        atTickEnd.removeAll(keepingCapacity: true)
        for item in work { item.endOfTick() }
    }

    /// Zero while anything is left to do, else the time to the next timer, rounded up.
    private func waitMilliseconds() -> CInt {
        guard jobs.isEmpty, atTickEnd.isEmpty else { return 0 }
        let hasRemoteWork = remote.withLock { remote in
            let hasWork = !remote.jobs.isEmpty || !remote.work.isEmpty || remote.isStopping
            remote.mayBeAsleep = !hasWork
            return hasWork
        }
        if hasRemoteWork { return 0 }
        guard let deadline = timers.nextDeadline else { return -1 }
        let nanoseconds = deadline.nanoseconds - MonotonicInstant.now().nanoseconds
        guard nanoseconds > 0 else { return 0 }
        return CInt(min(Int64(CInt.max), nanoseconds / 1_000_000 + 1))
    }

    private func dispatch(_ events: UnsafePointer<epoll_event>, _ index: CInt) {
        let mark = sbx_epoll_data(events, index)
        guard mark != Self.wakeUpMark else {
            var count: eventfd_t = 0
            eventfd_read(wakeUp, &count)
            return
        }
        // A handler earlier in this batch may have closed this descriptor, and the kernel may have
        // given its number to a new one: the generation tells them apart.
        let descriptor = Int(UInt32(truncatingIfNeeded: mark))
        guard descriptor < watches.count, let watch = watches[descriptor],
            watch.generation == UInt32(mark >> 32)
        else { return }
        watch.handler.ready(Readiness(epollFlags: sbx_epoll_flags(events, index)))
    }

    private func fireTimers() {
        guard timers.nextDeadline != nil else { return }
        while let timer = timers.popDue(at: timeOfTick) { timer.fire() }
    }
}
