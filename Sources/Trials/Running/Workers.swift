import Glibc

/// Threads that do the same work side by side.
enum Workers {
    /// Runs `body` on `count` threads at once, with their numbers from 0, and returns when the last has ended.
    ///
    /// Where the system has no more threads to give, those that there are do the work.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let threads = (1..<max(1, count)).compactMap { number in start { body(number) } }
        body(0)
        for thread in threads { pthread_join(thread, nil) }
    }

    /// libtorch's graphs and deep networks need more stack than a thread usually gets.
    private static let stackSize = 16 << 20

    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        pthread_attr_setstacksize(attributes, stackSize)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        let box = Unmanaged.passRetained(Body(run: body))
        var thread = pthread_t()
        guard pthread_create(&thread, attributes, main, box.toOpaque()) == 0 else {
            box.release()
            return nil
        }
        return thread
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
        if let box { Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run() }
        return nil
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
