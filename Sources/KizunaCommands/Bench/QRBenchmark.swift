import Glibc
import KizunaMoney
import KizunaQR
import KizunaQRImage

/// How fast codes are read and written, one operation after the other on one thread.
struct QRBenchmark {
    /// Something that is done to one code, over and over.
    struct Operation {
        /// The name that programs see.
        let name: String
        let payloadCharacters: Int
        let run: () -> Void
        /// Whether the tracer sees all of it: what runs in a process of its own would write into the same trace.
        var isCounted = true
    }

    /// What was measured of one operation.
    struct Row {
        let name: String
        let payloadCharacters: Int
        /// The median of the batches' means.
        let nanoseconds: Double
    }

    /// The dynamic code of a merchant on which everything is measured, with fields as shops fill them.
    let payload: MerchantPayload
    let operations: [Operation]

    /// Batches for each operation, and how long one takes at least.
    private static let batches = 51
    private static let leastBatchNanoseconds: Int64 = 2_000_000
    private static let countedRuns = 100

    init() throws {
        let draft = try Self.draft()
        let payload = try draft.written().payload
        let bytes = payload.utf8
        let now = draft.validity?.created
        let characters = bytes.count { $0 & 0xC0 != 0x80 }
        func operation(_ name: String, _ run: @escaping () -> Void) -> Operation {
            Operation(name: name, payloadCharacters: characters, run: run)
        }
        let png = try QRPicture(QRSymbol(payload.text)).png()
        var imageRead = operation("imageRead") { keep(try? PictureReader().codes(in: png)) }
        imageRead.isCounted = false
        self.payload = payload
        operations = [
            operation("decodeVerify") { keep(try? QRReader.inspect(bytes.span, at: now)) },
            operation("decodeFacts") { keep(try? QRCode.read(utf8: bytes, at: now).facts) },
            operation("encode") { keep(try? draft.written()) },
            operation("crc") { keep(CRC16.checksum(of: bytes.span)) },
            operation("imageWrite") { keep(try? QRPicture(QRSymbol(payload.text)).png()) },
            imageRead,
        ]
    }

    /// How often one run of each operation allocates, by name; nil where that cannot be counted.
    ///
    /// - Parameter arguments: the command that ends in ``traceAllocations()``.
    func allocations(running arguments: [String]) -> [String: Double]? {
        let counted = operations.filter(\.isCounted)
        return QRAllocations.traced(pieces: counted.count, running: arguments).map { counts in
            let means = counts.map { Double($0) / Double(Self.countedRuns) }
            return Dictionary(uniqueKeysWithValues: zip(counted.map(\.name), means))
        }
    }

    /// In a copy of the program that runs under the tracer: what is counted.
    func traceAllocations() {
        let counted = operations.filter(\.isCounted)
        for operation in counted { operation.run() }
        QRAllocations.trace(
            counted.map { operation in
                { for _ in 0..<Self.countedRuns { operation.run() } }
            }
        )
    }

    /// Times one operation.
    func measure(_ operation: Operation) -> Row {
        var runs = 1
        while nanoseconds(of: runs, operation) < Self.leastBatchNanoseconds { runs *= 2 }
        let means = (0..<Self.batches).map { _ in Double(nanoseconds(of: runs, operation)) / Double(runs) }
        return Row(
            name: operation.name,
            payloadCharacters: operation.payloadCharacters,
            nanoseconds: means.sorted()[Self.batches / 2]
        )
    }

    private func nanoseconds(of runs: Int, _ operation: Operation) -> Int64 {
        let start = ContinuousClock.now
        for _ in 0..<runs { operation.run() }
        let (seconds, attoseconds) = start.duration(to: .now).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// A merchant's code over 12,500 riel, payable until the year 2100 so that readers with a clock of their own take it.
    private static func draft() throws -> KHQRDraft {
        guard let account = BakongAccount("kizuna_cafe@aclb") else { preconditionFailure("An account of our own") }
        var draft = KHQRDraft(
            account: account,
            holder: .merchant(id: "KZN000123", bank: "ACLEDA"),
            name: "Kizuna Cafe"
        )
        draft.price = .fixed(Money(minorUnits: 1_250_000, currency: .khr))
        draft.additional = [.billNumber: "INV-0077", .terminalLabel: "POS-04"]
        draft.validity = KHQRDraft.Validity(
            created: Timestamp(milliseconds: 1_760_000_000_000),
            expires: Timestamp(milliseconds: 4_102_444_800_000)
        )
        return draft
    }
}
