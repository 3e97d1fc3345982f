internal import CGuides

/// The documents that are in the program.
package enum Guides {
    /// Whom a page is for.
    package enum Audience: Sendable, Hashable, CaseIterable {
        /// Banks and shops that join.
        case joining
        /// Those who run a switch.
        case running
    }

    /// The pages, in the order in which people read them.
    package static let all: [GuideText] = documents.compactMap { document in
        document.audience.map { GuideText(document.path, for: $0, document.bytes) }
    }

    /// The pictures and programs that pages lead to: the path below `docs`, and the bytes.
    package static let files: [(path: String, bytes: [UInt8])] = documents.compactMap { document in
        document.audience == nil ? (document.path, document.bytes) : nil
    }

    /// Everything that the C module holds; a file is for nobody by itself.
    private static let documents: [(path: String, audience: Audience?, bytes: [UInt8])] = {
        var documents: [(path: String, audience: Audience?, bytes: [UInt8])] = []
        while let next = kizuna_guide(documents.count)?.pointee {
            let audience: Audience? =
                switch next.kind {
                case KIZUNA_GUIDE_JOINING: .joining
                case KIZUNA_GUIDE_RUNNING: .running
                default: nil
                }
            let bytes = Array(UnsafeBufferPointer(start: next.bytes, count: next.count))
            documents.append((String(cString: next.path), audience, bytes))
        }
        return documents
    }()
}
