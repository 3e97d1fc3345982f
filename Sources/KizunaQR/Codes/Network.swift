/// The foreign schemes that a switch between KHQR and JPQR meets, and must name rather than mistake.
///
/// Raw values are the names that programs see; they never change.
public enum Network: String, Sendable, Hashable, CaseIterable {
    case promptPay = "promptpay"
    case vietQR = "vietqr"
    case vnpay = "vnpay"
    case airPay = "airpay-vn"
    case qris = "qris"
    case payNow = "paynow"
    case sgqr = "sgqr"
    case duitNow = "duitnow"
    case fps = "fps"
    case bharatQR = "bharatqr-upi"
    case laoQR = "laoqr"
    case qrPh = "qrph"
    case pix = "pix"
    case piSPI = "pispi-uemoa"
    case cemac = "cemac"
    case pyQR = "py-qr"
    case mpclear = "oman-mpclear"
    /// The worked example of the EMVCo specification, which test suites copy.
    case emvcoSample = "emvco-sample"
    /// A web address, not an EMVCo payload.
    case webAddress = "url"
    /// A `upi://` link of India, not an EMVCo payload.
    case upiLink = "upi-link"
    /// The number of a product (EAN-8, UPC-A, EAN-13, GTIN-14), not an EMVCo payload.
    case productBarcode = "product-barcode"
    /// The digits of a Japanese consumer's barcode: a wallet shows it, and only its operator can resolve it.
    case consumerBarcode = "jpqr-barcode"
    /// An EMVCo code whose scheme is not known here, card networks alone included.
    case unknown = "unknown"

    /// The name for people, with the country.
    public var title: String {
        switch self {
        case .promptPay: "PromptPay (Thailand)"
        case .vietQR: "VietQR (Vietnam)"
        case .vnpay: "VNPAY-QR (Vietnam)"
        case .airPay: "AirPay (Vietnam)"
        case .qris: "QRIS (Indonesia)"
        case .payNow: "PayNow (Singapore)"
        case .sgqr: "SGQR (Singapore)"
        case .duitNow: "DuitNow (Malaysia)"
        case .fps: "FPS (Hong Kong)"
        case .bharatQR: "BharatQR (India)"
        case .laoQR: "LAO QR (Laos)"
        case .qrPh: "QR Ph (Philippines)"
        case .pix: "PIX (Brazil)"
        case .piSPI: "PI-SPI (West African Monetary Union)"
        case .cemac: "CEMAC QR (Central Africa)"
        case .pyQR: "PY-QR (Paraguay)"
        case .mpclear: "MPCLEAR (Oman)"
        case .emvcoSample: "EMVCo's worked example"
        case .webAddress: "a web address"
        case .upiLink: "a UPI link (India)"
        case .productBarcode: "a product's barcode"
        case .consumerBarcode: "a consumer's barcode (Japan)"
        case .unknown: "an EMVCo code of an unknown scheme"
        }
    }
}
