import KizunaCrypto
import KizunaMoney
import Testing

/// Passwords by scrypt and codes by RFC 6238.
@Suite struct CredentialTests {
    /// Made by Python's `hashlib.scrypt`.
    @Test(arguments: [
        (
            "សួស្ដី-1234",
            "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$ZzsByCA25-eeeIB72C0bEgSsVuUyXeRyw97tNxpMvZY"
        ),
        ("", "$scrypt$ln=4,r=1,p=1$AAECAwQFBgcICQoLDA0ODw$nVfVxtpdXtuPYICHeOio1AdBSG4DWz3BEAoZEBZhefw"),
    ])
    func anotherProgramsHashIsKnown(password: String, hash: String) {
        #expect(PasswordHash.isRight(password, for: hash))
        #expect(!PasswordHash.isRight(password + " ", for: hash))
    }

    @Test func eachHashHasASaltOfItsOwn() {
        let hashes = (0..<2).map { _ in PasswordHash.make(of: "correct horse", using: SystemRandom()) }
        #expect(hashes[0] != hashes[1])
        #expect(hashes.allSatisfy { $0.hasPrefix("$scrypt$ln=15,r=8,p=3$") })
        #expect(hashes.allSatisfy { PasswordHash.isRight("correct horse", for: $0) })
    }

    /// A text that would take a gigabyte is refused without the work.
    @Test(arguments: [
        nil, "", "correct horse", "$scrypt$ln=15,r=8$AAECAwQFBgcICQoLDA0ODw$AA",
        "$scrypt$ln=24,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$nVfVxtpdXtuPYICHeOio1AdBSG4DWz3BEAoZEBZhefw",
        "$argon2id$ln=4,r=1,p=1$AAECAwQFBgcICQoLDA0ODw$nVfVxtpdXtuPYICHeOio1AdBSG4DWz3BEAoZEBZhefw",
        "$scrypt$ln=4,r=1,p=1$AAEC$nVfVxtpdXtuPYICHeOio1AdBSG4DWz3BEAoZEBZhefw",
    ])
    func whatIsNoHashIsNobodysPassword(hash: String?) { #expect(!PasswordHash.isRight("", for: hash)) }

    private static let key = Array("12345678901234567890".utf8)

    /// RFC 6238, appendix B, of whose eight digits apps show the last six.
    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func codesAreThoseOfTheStandard(seconds: Int64, code: String) {
        let step = OneTimeCode.step(at: Timestamp(milliseconds: seconds * 1_000))
        #expect(step == seconds / 30)
        #expect(OneTimeCode.code(at: step, key: Self.key) == code)
    }

    @Test func aCodeHoldsForItsStepAndTheOnesBesideIt() {
        let now = Timestamp(milliseconds: 1_111_111_109_000)
        let step = OneTimeCode.step(at: now)
        for offset: Int64 in -2...2 {
            let code = OneTimeCode.code(at: step + offset, key: Self.key)
            let found = OneTimeCode.step(of: code, key: Self.key, at: now)
            #expect(found == (abs(offset) <= 1 ? step + offset : nil))
        }
        for wrong in ["", "08180", "0818040", "081805", "៰៨១៨០៤"] {
            #expect(OneTimeCode.step(of: wrong, key: Self.key, at: now) == nil)
        }
    }

    /// RFC 4648, section 10, without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func base32IsThatOfTheStandard(text: String, encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
    }

    @Test func appsAreToldEverythingTheyNeed() {
        #expect(
            OneTimeCode.uri(key: Self.key, account: "sokha")
                == "otpauth://totp/Kizuna:sokha?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kizuna"
                + "&algorithm=SHA1&digits=6&period=30"
        )
    }
}
