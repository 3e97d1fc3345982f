/// Collects what is wrong while a payload is read.
///
/// A clean payload leaves it empty, and an empty log costs no memory from the heap.
struct FaultLog {
    /// A fault with its place as a byte offset, which becomes a character position only when the fault is reported.
    private var entries: [(kind: QRFinding.Kind, offset: Int?)] = []

    var isEmpty: Bool { entries.isEmpty }

    @inline(never)
    mutating func note(_ kind: QRFinding.Kind, at offset: Int? = nil) {
        entries.append((kind: kind, offset: offset))
    }

    /// Notes a fault that outranks those before it.
    @inline(never)
    mutating func noteFirst(_ kind: QRFinding.Kind, at offset: Int? = nil) {
        entries.insert((kind: kind, offset: offset), at: 0)
    }

    /// The fault to throw; the log must not be empty.
    @inline(never)
    func fault(in bytes: Span<UInt8>, scheme: QRScheme? = nil, network: Network? = nil) -> QRFault {
        var findings: [QRFinding] = []
        for entry in entries {
            let position = entry.offset.map { scalarPosition(of: $0, in: bytes) }
            let finding = QRFinding(entry.kind, position: position)
            if !findings.contains(where: finding.isNamed) { findings.append(finding) }
        }
        precondition(!findings.isEmpty, "A payload without faults is not refused")
        return QRFault(findings[0], also: Array(findings.dropFirst()), scheme: scheme, network: network)
    }

    private func scalarPosition(of offset: Int, in bytes: Span<UInt8>) -> Int {
        var position = 0
        for index in 0..<min(offset, bytes.count) where !isContinuation(bytes[index]) { position += 1 }
        return position
    }
}
