import Glibc

/// Uses up the process's file descriptors but for some; for tests in a process of their own.
func leaveDescriptors(_ count: Int) -> [Int32] {
    var limit = rlimit(rlim_cur: 200, rlim_max: 200)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    var taken: [Int32] = []
    while case let descriptor = dup(0), descriptor >= 0 { taken.append(descriptor) }
    for descriptor in taken.suffix(count) { close(descriptor) }
    return Array(taken.dropLast(count))
}
