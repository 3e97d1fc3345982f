import KizunaMoney
import KizunaQR
import KizunaQRImage
import KizunaWeb

/// `kizuna qr decode --image`: every code of a photograph, each read or refused like one that was typed.
struct DecodePicture {
    let command: QRCommand
    let at: Timestamp
    let asJSON: Bool

    func run(_ path: String) throws -> Int32 {
        let file = try FileBytes.read(path, limit: PictureLimits.standard.fileBytes)
        let codes: [FoundCode]
        do {
            codes = try PictureReader().codes(in: file)
        } catch {
            return refuse(error.code.rawValue, error.message)
        }
        guard !codes.isEmpty else { return refuse("no-code", "no QR code can be read in the picture") }
        return asJSON ? answer(codes) : explain(codes)
    }

    /// One code is answered as if it had been typed; several, as a list.
    private func answer(_ codes: [FoundCode]) -> Int32 {
        let answers = codes.map { code in (code, DecodeAnswer(code.utf8, at: at, md5: command.md5)) }
        let objects = answers.map { code, answer in
            JSON.object(answer.members + [member("payload", .string(code.text)), member("corners", corners(code))])
        }
        write(objects.count == 1 ? objects[0] : ["codes": .array(objects)])
        return answers.contains { $0.1.isAccepted } ? ExitStatus.done : ExitStatus.no
    }

    private func explain(_ codes: [FoundCode]) -> Int32 {
        var isAccepted = false
        for (index, code) in codes.enumerated() {
            let places = code.corners.map { "\($0.x),\($0.y)" }.joined(separator: "  ")
            let explanation = QRExplanation(utf8: code.utf8, at: at)
            let report = ExplanationReport(explanation, inColour: command.console.isTerminal).text
            command.console.write("Code \(index + 1) of \(codes.count), corners at \(places)\n\n\(report)")
            if index < codes.count - 1 { command.console.write("\n") }
            if explanation.fault == nil { isAccepted = true }
        }
        return isAccepted ? ExitStatus.done : ExitStatus.no
    }

    private func refuse(_ name: String, _ message: String) -> Int32 {
        if asJSON {
            write([
                "ok": .bool(false), "error": .string(name), "also": .array([]), "scheme": .null, "position": .null,
                "message": .string(message),
            ])
        } else {
            command.console.complain("kizuna qr decode: \(message) (\(name))")
        }
        return ExitStatus.no
    }

    private func corners(_ code: FoundCode) -> JSON {
        .array(code.corners.map { .array([JSON($0.x), JSON($0.y)]) })
    }

    private func member(_ name: String, _ value: JSON) -> JSON.Member { JSON.Member(name: name, value: value) }

    private func write(_ json: JSON) { command.console.write(json.encoded + [UInt8(ascii: "\n")]) }
}
