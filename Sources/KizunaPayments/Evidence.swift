public import KizunaMoney

/// A file that a bank has added to a dispute. Its bytes are kept beside it.
public struct Evidence: Sendable, Hashable {
    /// The largest file: a photograph of a receipt, or a letter of a few scanned pages. Larger ones would hold up the
    /// payments that are committed with them.
    public static let largestBytes = 2 * 1024 * 1024

    /// What a file is, by its bytes and never by its name. The raw value is what is stored.
    public enum MediaType: Int, Sendable, Hashable, CaseIterable {
        case pdf = 1
        case png = 2
        case jpeg = 3
        case plainText = 4
    }

    public let id: EvidenceID
    public let dispute: DisputeID
    /// Who added it.
    public let side: Dispute.Side
    public let mediaType: MediaType
    public let byteCount: Int
    /// The SHA-256 of its bytes, 32 bytes.
    public let digest: [UInt8]
    public let addedAt: Timestamp

    public init(
        id: EvidenceID,
        dispute: DisputeID,
        side: Dispute.Side,
        mediaType: MediaType,
        byteCount: Int,
        digest: [UInt8],
        addedAt: Timestamp
    ) {
        self.id = id
        self.dispute = dispute
        self.side = side
        self.mediaType = mediaType
        self.byteCount = byteCount
        self.digest = digest
        self.addedAt = addedAt
    }
}

extension Evidence.MediaType {
    /// Recognises a file by how it begins, and a text by being one all through: UTF-8 without control characters other
    /// than tabs and line ends. `nil` for everything else, the empty file among it.
    public init?(recognising bytes: [UInt8]) {
        if bytes.starts(with: "%PDF-".utf8) {
            self = .pdf
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            // PNG (ISO/IEC 15948), section 5.2.
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            // JPEG (ITU-T T.81), annex B: start of image, and the next marker.
            self = .jpeg
        } else if !bytes.isEmpty, Evidence.MediaType.isPlainText(bytes) {
            self = .plainText
        } else {
            return nil
        }
    }

    private static func isPlainText(_ bytes: [UInt8]) -> Bool {
        let hasControls = bytes.contains { $0 < 0x20 && !(0x09...0x0A ~= $0 || $0 == 0x0D) || $0 == 0x7F }
        return !hasControls && String(validating: bytes, as: UTF8.self) != nil
    }

    /// The name of RFC 2046 and its successors: `image/png`.
    public var name: String {
        switch self {
        case .pdf: "application/pdf"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .plainText: "text/plain"
        }
    }

    /// How a saved file's name ends.
    public var fileExtension: String {
        switch self {
        case .pdf: "pdf"
        case .png: "png"
        case .jpeg: "jpg"
        case .plainText: "txt"
        }
    }
}
