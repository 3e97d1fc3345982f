public import KizunaMoney

/// A code taken apart for people: every field with its meaning, where that is written, and whether it is as it should
/// be. A refused code is taken apart as far as it can be read.
public struct QRExplanation: Sendable, Hashable {
    /// One field, or one remark about the code as a whole.
    public struct Line: Sendable, Hashable {
        /// Nil in remarks about the whole.
        public let path: TagPath?
        /// What the field is; nil when the standards give it no meaning.
        public let title: String?
        /// The standard and the section.
        public let source: String?
        /// The value as it stands; nil for templates, whose fields follow, and for fields that are missing.
        public let value: String?
        /// What the value means, where that is not plain: `riel`, `static`, a date.
        public let meaning: String?
        /// The place of the value, in Unicode scalars from 0.
        public let position: Int?
        /// Whether it is as it should be.
        public let verdict: Verdict
    }

    /// How a field stands to its standard.
    public enum Verdict: Sendable, Hashable {
        /// As the standard says.
        case right
        /// Off the standard, and tolerated, because such codes are in use.
        case tolerated(String)
        /// A reason to refuse the code.
        case wrong(String)
    }

    /// Nil when it could not be told.
    public let scheme: QRScheme?
    /// Whose code it seems to be, when it is neither a KHQR nor a JPQR.
    public let network: Network?
    /// Fields in the order in which they stand, then remarks about the whole.
    public let lines: [Line]
    /// Why the code is refused; nil when it is accepted.
    public let fault: QRFault?

    /// Takes the UTF-8 of a code apart.
    ///
    /// - Parameter now: the moment as of which expiry is judged; nil leaves it unjudged.
    public init(utf8 payload: [UInt8], at now: Timestamp?) {
        if ConsumerCode.looksLikeOne(payload) {
            self.init(consumer: payload)
        } else {
            self.init(merchant: payload, at: now)
        }
    }

    init(scheme: QRScheme?, network: Network?, lines: [Line], fault: QRFault?) {
        self.scheme = scheme
        self.network = network
        self.lines = lines
        self.fault = fault
    }

    private init(consumer payload: [UInt8]) {
        do {
            let code = try ConsumerCode(utf8: payload)
            self.init(scheme: code.scheme, network: nil, lines: code.explanation, fault: nil)
        } catch {
            self.init(scheme: error.scheme, network: nil, lines: error.remarks(apartFrom: []), fault: error)
        }
    }

    private init(merchant payload: [UInt8], at now: Timestamp?) {
        var reading = Reading(now: now)
        reading.read(payload.span)
        let fault = reading.faults.isEmpty ? nil : reading.fault(in: payload.span)
        let index = reading.index
        let explainer = FieldExplainer(bytes: payload, index: index, fault: fault)
        var lines = explainer.lines()
        lines += fault?.remarks(apartFrom: Set(lines.compactMap(\.path))) ?? []
        if fault == nil { lines += explainer.remarks() }
        let scheme = fault.map(\.scheme) ?? index.scheme
        self.init(scheme: scheme, network: index.network, lines: lines, fault: fault)
    }
}

extension QRFault {
    /// The findings about no field, or about fields that are not there.
    func remarks(apartFrom explained: Set<TagPath>) -> [QRExplanation.Line] {
        ([main] + also).compactMap { finding in
            if let path = finding.path, explained.contains(path) { return nil }
            let entry = finding.path.flatMap { FieldCatalogue.entry(for: $0, scheme: scheme) }
            return QRExplanation.Line(
                path: finding.path,
                title: entry?.title,
                source: entry?.source,
                value: nil,
                meaning: nil,
                position: finding.position,
                verdict: .wrong(finding.message)
            )
        }
    }
}
