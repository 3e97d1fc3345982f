import Glibc

/// Lets the process open that many more descriptors while the body runs.
///
/// For tests in a process of their own, and for moments only: Dispatch opens files now and then, and aborts when it
/// cannot.
func withDescriptorsLeft<Answer>(_ count: Int, _ body: () throws -> Answer) rethrows -> Answer {
    var before = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
    var ceiling: Int32 = 0
    var free = 0
    while free <= count {
        if fcntl(ceiling, F_GETFD) < 0 { free += 1 }
        ceiling += 1
    }
    var limit = rlimit(rlim_cur: rlim_t(ceiling - 1), rlim_max: before.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    defer { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before) }
    return try body()
}
