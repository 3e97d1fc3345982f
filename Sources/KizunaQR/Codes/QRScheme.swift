/// The kinds of payload that the reader tells apart.
///
/// Raw values are the names that programs see; they never change.
public enum QRScheme: String, Sendable, Hashable, CaseIterable {
    /// KHQR with an individual's template in tag 29.
    case khqrIndividual = "khqr-individual"
    /// KHQR with a merchant's template in tag 30.
    case khqrMerchant = "khqr-merchant"
    /// Either kind of KHQR with a UnionPay account in tag 15.
    case khqrUnionPay = "khqr-unionpay"
    /// A Japanese store's code under the unified store identifier.
    case jpqrMerchant = "jpqr-mpm"
    /// A Japanese consumer's code in JPQR's own form (`JPQR1`).
    case jpqrConsumer = "jpqr-cpm"
    /// A consumer's code of EMVCo's form (`CPV01`).
    case emvcoConsumer = "emvco-cpm"
    /// Any other merchant-presented EMVCo code; ``Network`` says whose.
    case emvcoOther = "emvco-other"

    /// Whether the code is a KHQR of any kind.
    public var isKHQR: Bool {
        switch self {
        case .khqrIndividual, .khqrMerchant, .khqrUnionPay: true
        case .jpqrMerchant, .jpqrConsumer, .emvcoConsumer, .emvcoOther: false
        }
    }
}
