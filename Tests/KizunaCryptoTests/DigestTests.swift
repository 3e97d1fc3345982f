import KizunaCrypto
import Testing

@Suite struct DigestTests {
    private static let twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

    /// The examples NIST publishes for FIPS 180-4, and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (twoBlocks, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func sha256HashesThePublishedExamples(message: String, hash: String) {
        #expect(Hex.encode(Digest.sha256(Array(message.utf8))) == hash)
    }

    /// FIPS 180-4's example of a long message.
    @Test func sha256HashesAMillionLetters() {
        let hash = Digest.sha256([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(Hex.encode(hash) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// The test suite in RFC 1321, A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
        (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
    ])
    func md5HashesThePublishedExamples(message: String, hash: String) {
        #expect(Hex.encode(Digest.md5(Array(message.utf8))) == hash)
    }

    @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 1_000])
    func partsHashLikeTheWhole(length: Int) {
        let message = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        var hasher = SHA256()
        for byte in message { hasher.update([byte]) }
        #expect(hasher.finish() == Digest.sha256(message))
    }

    @Test func aHasherBeginsAnewAfterEachMessage() {
        var hasher = SHA256()
        hasher.update("abc")
        let first = hasher.finish()
        #expect(hasher.finish() == Digest.sha256([]))
        hasher.update("ab")
        hasher.update("c")
        #expect(hasher.finish() == first)
    }

    @Test func textHashesAsUTF8() {
        var hasher = SHA256()
        hasher.update("絆 សម្ព័ន្ធ")
        #expect(hasher.finish() == Digest.sha256(Array("絆 សម្ព័ន្ធ".utf8)))
    }
}
