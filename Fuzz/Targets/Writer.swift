import KizunaMoney
import KizunaQR

/// Bytes taken for the fields of a draft: what is written reads back the same, in the standard's form.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var source = FieldSource(Array(UnsafeBufferPointer(start: start, count: count)))
    if source.flag() { checkJPQR(&source) } else { checkKHQR(&source) }
    return 0
}

private func checkKHQR(_ source: inout FieldSource) {
    guard let account = BakongAccount(source.text()) else { return }
    let holder: KHQR.Holder =
        source.flag()
        ? .merchant(id: source.optionalText(), bank: source.optionalText())
        : .individual(information: source.optionalText(), bank: source.optionalText())
    var draft = KHQRDraft(account: account, holder: holder, name: source.text())
    draft.city = source.text()
    if source.flag() { draft.category = source.text() }
    draft.unionPayAccount = source.optionalText()
    let currency: Currency = source.flag() ? .khr : source.flag() ? .usd : .jpy
    draft.price = source.flag() ? .fixed(Money(minorUnits: source.number(), currency: currency)) : .payerTypes(currency)
    if source.flag() {
        draft.local = .init(language: source.text(), name: source.text(), city: source.optionalText())
    }
    if source.flag() {
        let (created, expires) = (source.number(), source.number())
        draft.validity = .init(created: .init(milliseconds: created), expires: .init(milliseconds: expires))
    }
    for field in AdditionalField.allCases { draft.additional[field] = source.optionalText() }
    do {
        let code = try draft.written()
        promise(KHQRDraft(code) == draft, "the code says what the draft said")
        check(.khqr(code), code.payload, at: draft.validity?.created)
    } catch {
        check(error)
    }
}

private func checkJPQR(_ source: inout FieldSource) {
    let store = StoreIdentifier(
        level1: source.text(),
        level2: source.text(),
        level3: source.text(),
        level4: source.text()
    )
    let fallback = StoreIdentifier(
        level1: "0000000000001",
        level2: "0001",
        level3: "000001",
        level4: "000001"
    )
    guard let store = store ?? fallback else { return }
    var draft = JPQRDraft(
        store: store,
        name: source.text(),
        city: source.text(),
        postalCode: source.flag() ? source.text() : "1000001",
        localName: source.text()
    )
    if source.flag() { draft.category = source.text() }
    if source.flag() {
        draft.amount = Money(minorUnits: source.number(), currency: source.flag() ? .jpy : .usd)
    }
    for field in AdditionalField.allCases { draft.additional[field] = source.optionalText() }
    do {
        let code = try draft.written()
        promise(JPQRDraft(code) == draft, "the code says what the draft said")
        check(.jpqr(code), code.payload, at: nil)
    } catch {
        check(error)
    }
}

private func check(_ code: QRCode, _ payload: MerchantPayload, at now: Timestamp?) {
    promise((try? QRCode.read(payload.text, at: now)) == code, "what was written is read")
    promise(payload.quirks.isEmpty, "nothing that is written departs from the standard")
    let explanation = QRExplanation(utf8: payload.utf8, at: now)
    promise(explanation.lines.allSatisfy { $0.verdict == .right }, "every field that is written is right")
    checkReading(payload.utf8)
}

private func check(_ fault: QRFault) {
    for finding in [fault.main] + fault.also { promise(finding.message.hasSuffix("."), "a fault is a sentence") }
}

/// Hands out the bytes of an input as flags, numbers and texts; when they run out, as nothing.
private struct FieldSource {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func flag() -> Bool { (rest.popFirst() ?? 0) & 1 == 1 }

    /// Up to the next byte 0, at most 120 bytes; what is not UTF-8 becomes U+FFFD.
    mutating func text() -> String {
        let text = rest.prefix(120).prefix { $0 != 0 }
        rest = rest.dropFirst(text.count + 1)
        return String(decoding: text, as: UTF8.self)
    }

    mutating func optionalText() -> String? { flag() ? text() : nil }

    /// Decimal digits up to the next byte that is none, as payloads have them: libFuzzer's dictionary can then help.
    mutating func number() -> Int64 {
        var number: Int64 = 0
        while let byte = rest.popFirst(), 0x30...0x39 ~= byte { number = number &* 10 &+ Int64(byte - 0x30) }
        return number
    }
}
