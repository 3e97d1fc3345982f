import KizunaMoney
import KizunaQR

/// The moment as of which the targets judge expiry.
let fuzzingTime = Timestamp(milliseconds: 1_760_000_000_000)

/// Reads a text twice and holds the promises that stand for every text.
func checkReading(_ bytes: [UInt8]) {
    switch Reading(bytes) {
    case .accepted(let code): checkAccepted(code, bytes)
    case .refused(let fault): checkRefused(fault, bytes)
    }
}

/// One answer of the reader.
private enum Reading {
    case accepted(QRCode)
    case refused(QRFault)

    init(_ bytes: [UInt8]) {
        do {
            self = .accepted(try QRCode.read(utf8: bytes, at: fuzzingTime))
        } catch {
            self = .refused(error)
        }
    }
}

private func checkAccepted(_ code: QRCode, _ bytes: [UInt8]) {
    let facts = code.facts
    guard case .accepted(let again) = Reading(bytes) else {
        return promise(false, "the same text is accepted again")
    }
    promise(again == code && again.facts == facts, "the same text says the same")
    promise(!facts.facts.isEmpty, "an accepted code says something")
    let explanation = QRExplanation(utf8: bytes, at: fuzzingTime)
    promise(explanation.fault == nil, "the explanation accepts what the reader accepts")
    promise(explanation.scheme == code.scheme, "the explanation sees the reader's scheme")
    if let payload = code.merchantPayload {
        promise(rewritten(explanation) == payload.text, "the explanation holds every character")
        checkFacts(facts, explanation)
    }
    checkRewriting(code)
}

private func checkRefused(_ fault: QRFault, _ bytes: [UInt8]) {
    guard case .refused(let again) = Reading(bytes) else { return promise(false, "the same text is refused again") }
    promise(again == fault, "the same text is refused for the same reasons")
    promise(QRExplanation(utf8: bytes, at: fuzzingTime).fault == fault, "the explanation names the reader's faults")
    let scalars = bytes.count { $0 & 0xC0 != 0x80 }
    for finding in [fault.main] + fault.also {
        promise(finding.message.hasSuffix("."), "a fault is a sentence")
        if let position = finding.position {
            promise(0...max(scalars, bytes.count) ~= position, "a fault lies within the text")
        }
    }
}

/// The text that an explanation's lines stand for.
private func rewritten(_ explanation: QRExplanation) -> String {
    var text = ""
    var template: (tag: UInt16, inside: String)?
    func close() {
        if let template { text += dataObject(template.tag, template.inside) }
        template = nil
    }
    for line in explanation.lines {
        guard let path = line.path else { continue }
        if let sub = path.sub {
            template?.inside += dataObject(sub, line.value ?? "")
        } else {
            close()
            if let value = line.value {
                text += dataObject(path.root, value)
            } else {
                template = (path.root, "")
            }
        }
    }
    close()
    return text
}

private func dataObject(_ tag: UInt16, _ value: String) -> String {
    func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return twoDigits(Int(tag)) + twoDigits(value.unicodeScalars.count) + value
}

/// Facts and explanation give the same text for the fields that both name.
private func checkFacts(_ facts: QRFacts, _ explanation: QRExplanation) {
    let names: [(String, UInt16)] = [
        ("mcc", 52), ("currency", 53), ("amount", 54), ("country", 58), ("name", 59), ("city", 60), ("postal", 61),
        ("crc", 63),
    ]
    for (name, tag) in names {
        let explained = explanation.lines.first { $0.path == TagPath(tag) }?.value
        promise(facts[name] == explained.map(QRFacts.Value.text), "facts and explanation agree")
    }
}

/// What can be written again says the same; what the writer refuses, it refuses with a fault.
private func checkRewriting(_ code: QRCode) {
    switch code {
    case .khqr(let khqr):
        guard let written = try? KHQRDraft(khqr).written() else { return }
        promise(written.account == khqr.account && written.holder == khqr.holder, "the same account is paid")
        promise(written.amount == khqr.amount && written.currency == khqr.currency, "the same amount is paid")
        promise(written.payload.name == khqr.payload.name, "the same shop is named")
    case .jpqr(let jpqr):
        guard let written = try? JPQRDraft(jpqr).written() else { return }
        promise(written.store == jpqr.store && written.amount == jpqr.amount, "the same shop is paid the same")
    case .consumer, .other: return
    }
}
