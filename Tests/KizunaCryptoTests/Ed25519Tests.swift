import KizunaCrypto
import Testing

/// The test vectors of RFC 8032, section 7.1, and what is no signature at all.
@Suite struct Ed25519Tests {
    private static let vectors: [(publicKey: String, message: String, signature: String)] = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ]

    @Test(arguments: vectors)
    func believesTheStandardsSignatures(publicKey: String, message: String, signature: String) throws {
        let (key, text, sealed) = (try bytes(publicKey), try bytes(message), try bytes(signature))
        #expect(Ed25519.isValid(sealed, of: text, publicKey: key))
        #expect(!Ed25519.isValid(sealed, of: text + [0], publicKey: key))
        for place in [0, 31, 32, 63] {
            var other = sealed
            other[place] ^= 1
            #expect(!Ed25519.isValid(other, of: text, publicKey: key), "with bit 0 of byte \(place) turned")
        }
        #expect(
            !Ed25519.isValid(sealed, of: text, publicKey: try bytes(Self.vectors[publicKey.first == "d" ? 1 : 0].0))
        )
    }

    @Test(
        arguments: zip(
            [
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            ],
            vectors
        )
    )
    func signsLikeTheStandard(
        seed: String,
        vector: (publicKey: String, message: String, signature: String)
    ) throws {
        let key = try #require(Ed25519.PrivateKey(seed: try bytes(seed)))
        #expect(Hex.encode(key.publicKey) == vector.publicKey)
        #expect(Hex.encode(key.sign(try bytes(vector.message))) == vector.signature)
    }

    @Test func aSeedHasThirtyTwoBytes() {
        #expect(Ed25519.PrivateKey(seed: [UInt8](repeating: 1, count: 31)) == nil)
        #expect(Ed25519.PrivateKey(seed: [UInt8](repeating: 1, count: 33)) == nil)
    }

    @Test func whatIsNoSignatureOrNoKeyIsNotBelieved() throws {
        let (key, sealed) = (try bytes(Self.vectors[0].publicKey), try bytes(Self.vectors[0].signature))
        #expect(!Ed25519.isValid([], of: [], publicKey: key))
        #expect(!Ed25519.isValid(Array(sealed.dropLast()), of: [], publicKey: key))
        #expect(!Ed25519.isValid(sealed, of: [], publicKey: []))
        #expect(!Ed25519.isValid(sealed, of: [], publicKey: key + [0]))
    }

    private func bytes(_ hexadecimal: String) throws -> [UInt8] { try #require(Hex.decode(hexadecimal)) }
}
