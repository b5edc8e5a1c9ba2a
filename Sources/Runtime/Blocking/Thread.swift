import CLinux
import Glibc

/// A POSIX thread that runs one closure.
package struct Thread: Sendable {
    private let handle: pthread_t

    /// Starts the thread. `name` shows in `top -H`; the kernel keeps 15 characters of it.
    package init(named name: String, _ body: @escaping @Sendable () -> Void) {
        var handle = pthread_t()
        let context = Unmanaged.passRetained(Body(name: name, run: body)).toOpaque()
        let result = pthread_create(&handle, nil, { context in
            let body = Unmanaged<Body>.fromOpaque(context!).takeRetainedValue()
            _ = sbx_name_thread(body.name)
            body.run()
            return nil
        }, context)
        precondition(result == 0, "no thread could be started: \(result)")
        self.handle = handle
    }

    /// Waits for the closure to return. Once a thread.
    package func join() {
        pthread_join(handle, nil)
    }

    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
