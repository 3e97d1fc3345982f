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
            let cause = errno
            close(descriptor)
            throw StoreError(
                .unavailable,
                "Another process of Kizuna writes to this database: stop it first.",
                words: words(of: cause)
            )
        }
    }

    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

private func words(of code: CInt) -> String { String(cString: strerror(code)) }
