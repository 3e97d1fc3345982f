/// Why a payload was refused, or cannot be written: the main fault, and what else is wrong with it.
///
/// Neither the fault nor its sentences quote names, accounts or numbers of the payload, so they may be logged.
public struct QRFault: Error, Sendable, Hashable {
    /// The fault to act on first.
    public let main: QRFinding
    /// Further faults of the same payload, without repeats.
    public let also: [QRFinding]
    /// The scheme that the payload seems to belong to, when that could be told.
    public let scheme: QRScheme?
    /// Whose code it seems to be, when it is neither a KHQR nor a JPQR.
    public let network: Network?

    public init(_ main: QRFinding, also: [QRFinding] = [], scheme: QRScheme? = nil, network: Network? = nil) {
        self.main = main
        self.also = also
        self.scheme = scheme
        self.network = network
    }

    /// The main fault's stable name, such as `crc-mismatch`.
    public var name: String { main.name }
    /// The data object that the main fault is about.
    public var path: TagPath? { main.path }
    /// The main fault's place, in Unicode scalars from 0.
    public var position: Int? { main.position }
    /// The main fault's sentence.
    public var message: String { main.message }
}

extension QRFault: CustomStringConvertible {
    public var description: String { "\(name): \(message)" }
}
