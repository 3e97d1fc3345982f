import Foundation

/// Whole files in and out.
enum FileBytes {
    /// The bytes of a file, or of standard input for `-`; not more than the limit and one, so that the reader sees that
    /// there are too many.
    ///
    /// - Throws: ``InputError`` when it cannot be read.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle else { throw InputError(description: "\(path) cannot be read") }
        var bytes: [UInt8] = []
        do {
            while bytes.count <= limit, let part = try handle.read(upToCount: limit + 1 - bytes.count), !part.isEmpty {
                bytes += part
            }
        } catch {
            throw InputError(description: "\(path) cannot be read")
        }
        return bytes
    }

    /// Writes a file whole or not at all.
    ///
    /// - Throws: ``InputError`` when it cannot be written.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw InputError(description: "\(path) cannot be written")
        }
    }
}
