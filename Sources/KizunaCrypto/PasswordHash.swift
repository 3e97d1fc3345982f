import COpenSSL
import KizunaSwitch

/// Passwords as they are kept: scrypt (RFC 7914) with a salt of their own, in the form `$scrypt$ln=15,r=8,p=3$salt$hash`.
///
/// The cost is one of those that OWASP's Password Storage Cheat Sheet names for scrypt: 32 MiB of memory and some tenths
/// of a second for each guess. It stands in the text, so that it can be raised later.
package enum PasswordHash {
    /// How much work a hash is.
    private struct Cost: Hashable {
        /// Twice as much memory and time for each 1 more.
        let logN: Int
        let r: Int
        let p: Int

        /// What OpenSSL may take; a little more than the 128·N·r bytes that are needed.
        var memoryBytes: UInt64 { 128 * UInt64(r) * (UInt64(1) << UInt64(logN)) + 4 * 1_024 * 1_024 }
    }

    private static let cost = Cost(logN: 15, r: 8, p: 3)
    /// The dearest that is computed: a text in the database must not take all memory.
    private static let mostMemoryBytes: UInt64 = 256 * 1_024 * 1_024
    private static let saltBytes = 16
    private static let hashBytes = 32

    /// What to keep of a password.
    package static func make(of password: String, using random: SystemRandom) -> String {
        let salt = random.bytes(saltBytes)
        return text(cost, salt, hash(password, salt, cost))
    }

    /// Whether a password is the one that a text was made of; for what is no such text, the work is done all the same.
    package static func isRight(_ password: String, for kept: String?) -> Bool {
        guard let kept, let (cost, salt, expected) = parts(of: kept) else {
            _ = hash(password, [UInt8](repeating: 0, count: saltBytes), cost)
            return false
        }
        return ConstantTime.equal(hash(password, salt, cost), expected)
    }

    private static func text(_ cost: Cost, _ salt: [UInt8], _ hash: [UInt8]) -> String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(Base64.url.encode(salt))$\(Base64.url.encode(hash))"
    }

    private static func parts(of text: String) -> (Cost, salt: [UInt8], hash: [UInt8])? {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = cost(parts[2]),
            let salt = Base64.url.decode(String(parts[3])), let hash = Base64.url.decode(String(parts[4])),
            salt.count == saltBytes, hash.count == hashBytes
        else { return nil }
        return (cost, salt, hash)
    }

    private static func cost(_ text: Substring) -> Cost? {
        let fields = text.split(separator: ",")
        guard fields.count == 3 else { return nil }
        var numbers: [Int] = []
        for (field, name) in zip(fields, ["ln=", "r=", "p="]) {
            guard field.hasPrefix(name), let number = Int(field.dropFirst(name.count)), 1...32 ~= number else {
                return nil
            }
            numbers.append(number)
        }
        let cost = Cost(logN: numbers[0], r: numbers[1], p: numbers[2])
        return cost.memoryBytes <= mostMemoryBytes ? cost : nil
    }

    private static func hash(_ password: String, _ salt: [UInt8], _ cost: Cost) -> [UInt8] {
        let bytes = Array(password.utf8)
        return [UInt8](unsafeUninitializedCapacity: hashBytes) { buffer, count in
            let code = bytes.withUnsafeBytes { bytes in
                // The empty password still has an address, without which OpenSSL would only check the cost.
                let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                return EVP_PBE_scrypt(
                    start,
                    bytes.count,
                    salt,
                    salt.count,
                    UInt64(1) << UInt64(cost.logN),
                    UInt64(cost.r),
                    UInt64(cost.p),
                    cost.memoryBytes,
                    buffer.baseAddress,
                    hashBytes
                )
            }
            require(code == 1, "hash a password")
            count = hashBytes
        }
    }
}
