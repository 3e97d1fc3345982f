package import KizunaMoney

/// Codes of an authenticator: six digits every 30 seconds of HMAC-SHA-1 (RFC 6238), which every app for it knows.
///
/// SHA-1's weakness is that two messages with one hash can be made; an HMAC does not rest on that (RFC 6194, section 3.3).
package enum OneTimeCode {
    /// As long as the hash, as RFC 4226 has it (section 4, R6).
    package static let keyBytes = 20
    private static let stepMilliseconds: Int64 = 30_000
    private static let digitCount = 6
    private static let modulus: UInt32 = 1_000_000
    /// How many steps a person's clock may be off, either way.
    private static let tolerance: Int64 = 1

    /// The time step of a moment.
    package static func step(at now: Timestamp) -> Int64 { max(1, now.milliseconds / stepMilliseconds) }

    /// The code of a time step.
    package static func code(at step: Int64, key: [UInt8]) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let hash = HMAC.sha1(key: key, message: counter)
        let offset = Int(hash[hash.count - 1] & 0x0F)
        let word = hash[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(word % modulus)
        return String(repeating: "0", count: digitCount - digits.count) + digits
    }

    /// The step of which a code is, looked for around a moment; `nil` for a wrong code.
    package static func step(of code: String, key: [UInt8], at now: Timestamp) -> Int64? {
        let shown = Array(code.utf8)
        let steps = (step(at: now) - tolerance)...(step(at: now) + tolerance)
        // Every step is looked at, so that the time says nothing.
        return steps.reduce(nil) { found, step in
            ConstantTime.equal(Array(self.code(at: step, key: key).utf8), shown) ? step : found
        }
    }

    /// What an authenticator app takes in, as a text or as a code to scan (the Key URI Format of Google Authenticator).
    package static func uri(key: [UInt8], account: String) -> String {
        "otpauth://totp/Kizuna:\(account)?secret=\(Base32.encode(key))&issuer=Kizuna&algorithm=SHA1&digits=6&period=30"
    }
}

/// Bytes as text of 32 characters, five bits each (RFC 4648, section 6), without padding.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (bits, bitCount): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                text.append(alphabet[Int(bits >> bitCount & 31)])
            }
            bits &= (1 << bitCount) - 1
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << (5 - bitCount) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
