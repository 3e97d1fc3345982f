import Testing

@testable import KizunaCrypto

@Suite struct AlgorithmTests {
    @Test func anUnknownDigestIsRefused() {
        let error = #expect(throws: CryptoError.self) { try DigestAlgorithm(named: "NO-SUCH-HASH") }
        #expect(error?.code == .algorithmMissing)
        #expect(error?.message == "unsupported")
    }

    @Test func anUnknownCodeIsRefused() {
        let error = #expect(throws: CryptoError.self) { try MACAlgorithm(named: "NO-SUCH-MAC") }
        #expect(error?.code == .algorithmMissing)
        #expect(error?.description == "algorithmMissing: unsupported")
    }

    @Test func anErrorWithoutAnEntryInTheQueueSaysSo() {
        _ = CryptoError.last(.operationFailed)
        #expect(CryptoError.last(.operationFailed).message == "no reason given")
    }

    @Test func aStepThatCannotFailStopsTheProcessWhenItDoes() async {
        await #expect(processExitsWith: .failure) { require(false, "do what it always does") }
    }
}
