public import KizunaMoney

/// Reads merchant-presented payloads (EMVCo MPM, KHQR, JPQR) over their UTF-8 bytes, without using the heap for a
/// payload that is right.
public enum QRReader {
    /// The longest payload that the standard lets a reader expect (EMVCo MPM 4.1).
    public static let longestPayloadCharacters = 512
    /// The longest payload that is looked at, whatever its script: our own bound on the work that a stranger can ask for.
    public static let longestPayloadBytes = 1_024

    /// Reads a payload: form, checksum, scheme and every rule of that scheme.
    ///
    /// - Parameters:
    ///   - bytes: the UTF-8 of the payload exactly as scanned.
    ///   - now: the moment as of which expiry is judged; nil leaves expiry unjudged.
    /// - Returns: the index of a payload that may be acted on.
    /// - Throws: ``QRFault`` with the main fault and all others that could be told.
    public static func inspect(_ bytes: Span<UInt8>, at now: Timestamp?) throws(QRFault) -> QRIndex {
        var reading = Reading(now: now)
        reading.read(bytes)
        guard reading.faults.isEmpty else { throw reading.fault(in: bytes) }
        return reading.index
    }
}

/// One payload being read: what is known so far, and what is wrong with it.
struct Reading {
    var index = QRIndex()
    var faults = FaultLog()
    /// Whether the scheme was settled, so that a fault can name it.
    var isRecognised = false
    let now: Timestamp?

    init(now: Timestamp?) { self.now = now }

    /// Reads everything that can be read; the faults tell the rest.
    mutating func read(_ bytes: Span<UInt8>) {
        guard hasSize(bytes) else { return }
        let scan = TextScan(bytes)
        guard isText(bytes, scan) else { return }
        index.isASCII = scan.isASCII
        let isRow = walkRoot(bytes)
        checkChecksum(bytes, isRow: isRow)
        let templates = AccountTemplates(root: index.root, in: bytes, isASCII: index.isASCII)
        guard isRow else { return guessScheme(templates, bytes) }
        openTemplates(templates, bytes)
        recognise(templates, bytes)
        checkRules(bytes)
        if scan.bidirectionalOffset != nil || scan.controlOffset != nil { noteMarks(scan, bytes) }
    }

    /// The fault to throw when something was wrong.
    @inline(never)
    func fault(in bytes: Span<UInt8>) -> QRFault {
        faults.fault(in: bytes, scheme: isRecognised ? index.scheme : nil, network: index.network)
    }

    private mutating func hasSize(_ bytes: Span<UInt8>) -> Bool {
        if bytes.isEmpty {
            faults.note(.empty)
        } else if bytes.count > QRReader.longestPayloadBytes {
            faults.note(.tooLong(found: bytes.count, limit: QRReader.longestPayloadBytes, unit: .bytes))
        }
        return faults.isEmpty
    }

    /// Whether the bytes are text of a bearable length that looks like data objects at all.
    private mutating func isText(_ bytes: Span<UInt8>, _ scan: TextScan) -> Bool {
        if let offset = scan.invalidOffset {
            faults.note(.tlvMalformed(.invalidUTF8), at: offset)
            return false
        }
        let limit = QRReader.longestPayloadCharacters
        if scan.scalarCount > limit {
            faults.note(.tooLong(found: scan.scalarCount, limit: limit, unit: .characters))
            return false
        }
        guard LooksLike.dataObjects(bytes) else {
            index.network = LooksLike.network(bytes)
            faults.note(.notEMV(index.network), at: 0)
            return false
        }
        // Any scalar above U+FFFF makes UTF-16 counters read other fields: two units there, one character here.
        if let offset = scan.astralOffset { faults.note(.tlvAmbiguous, at: offset) }
        if let offset = scan.controlOffset { faults.note(.tlvMalformed(.controlCharacter), at: offset) }
        return true
    }

    /// Indexes the root, and says whether it is a row of data objects from end to end.
    private mutating func walkRoot(_ bytes: Span<UInt8>) -> Bool {
        var cursor = ObjectCursor(from: 0, to: bytes.count, isASCII: index.isASCII)
        while true {
            switch cursor.next(bytes) {
            case .object(let tag, let slot):
                if !index.root.take(tag, slot) { faults.note(.tagDuplicate(TagPath(tag: tag)), at: slot.header) }
            case .end:
                return true
            case .malformed(let reason, let offset):
                faults.note(.tlvMalformed(reason), at: offset)
                return false
            case .overrun(_, let declared, let available, let offset):
                faults.note(.tlvOverrun(declared: declared, available: available), at: offset)
                return false
            }
        }
    }
}
