import Glibc
import KizunaSwitch

/// Keeps a second switch from writing to the same database.
///
/// The lock belongs to the open file and ends with the process, however that ends; the file beside the database stays.
/// It is let go by name and not by closing alone: a child that was forked meanwhile, to start a program or to read a
/// picture apart, shares the open file and would keep the lock as long as it lives.
struct FileLock: ~Copyable {
    private let descriptor: CInt

    /// - Throws: ``StoreError/Code/unavailable`` when another holds the lock or the folder lets nobody write.
    init(besideDatabase path: String) throws(StoreError) {
        descriptor = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw StoreError(
                .unavailable,
                "The database's folder cannot be written: check its path and its rights.",
                words: words(of: errno)
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = FileLock.holder(descriptor).map { " (process \($0))" } ?? ""
            close(descriptor)
            throw StoreError(
                .unavailable,
                "A switch or a command\(holder) writes to this SQLite database, and only one can: stop it first, and start "
                    + "it again afterwards. On PostgreSQL they work beside each other."
            )
        }
        note(getpid())
    }

    /// Says in the file who holds the lock, for whoever finds it taken.
    private func note(_ process: pid_t) {
        let text = Array("\(process)\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func holder(_ descriptor: CInt) -> pid_t? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = max(pread(descriptor, &bytes, bytes.count, 0), 0)
        return pid_t(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

private func words(of code: CInt) -> String { String(cString: strerror(code)) }
