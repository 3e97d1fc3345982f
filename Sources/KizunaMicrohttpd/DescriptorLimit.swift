import Glibc

/// How many descriptors the process may have.
enum DescriptorLimit {
    /// What databases, files and connections to others need. To run out is more than an inconvenience: libdispatch
    /// opens files now and then, and aborts the process when it cannot.
    static let reserved = 768

    /// The most to ask for: enough for a server at its limit, and few enough to go through one by one, as some
    /// libraries do when they start a process.
    private static let most: rlim_t = 65_536

    /// Raises the soft limit towards the hard one, as far as that makes sense.
    ///
    /// - Returns: the limit from now on; at least one more than what is reserved.
    static func raise() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        let wanted = max(limit.rlim_cur, min(limit.rlim_max, most))
        if wanted > limit.rlim_cur {
            limit.rlim_cur = wanted
            setrlimit(resource, &limit)
            getrlimit(resource, &limit)
        }
        return max(Int(clamping: limit.rlim_cur), reserved + 1)
    }
}
