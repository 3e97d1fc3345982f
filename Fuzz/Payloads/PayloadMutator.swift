import KizunaQR

/// Mutates merchant-presented payloads so that many of them stay in form.
///
/// Bytes mutated at random fail at the first length or at the checksum; behind those stand the rules.
struct PayloadMutator {
    /// The room that libFuzzer gives, with the payload at its beginning.
    private let room: UnsafeMutableBufferPointer<UInt8>
    private let seed: UInt32

    /// The length of tag 63 with its value.
    private static let sealLength = 8
    private static let longestValue = 99

    init(_ room: UnsafeMutableBufferPointer<UInt8>, seed: UInt32) {
        self.room = room
        self.seed = seed
    }

    /// Mutates the first `count` bytes in place and returns how many there are now.
    func mutate(count: Int) -> Int {
        // One in eight stays as libFuzzer has it, checksum and all.
        guard seed & 7 != 0, room.count > Self.sealLength else { return mutate(0..<count, room: room.count) }
        let body = isSealed(count) ? count - Self.sealLength : min(count, room.count - Self.sealLength)
        return seal(seed & 1 == 0 ? mutateOneField(of: body) : mutate(0..<body, room: room.count - Self.sealLength))
    }

    /// Lets libFuzzer mutate some bytes, and returns how many they are now.
    private func mutate(_ range: Range<Int>, room limit: Int) -> Int {
        LLVMFuzzerMutate(room.baseAddress.map { $0 + range.lowerBound }, range.count, limit)
    }

    private func isSealed(_ count: Int) -> Bool {
        count >= Self.sealLength && room[(count - Self.sealLength)..<(count - 4)].elementsEqual("6304".utf8)
    }

    private func seal(_ count: Int) -> Int {
        _ = room[count...].update(fromContentsOf: "6304".utf8)
        let checksum = CRC16.checksum(of: UnsafeBufferPointer(rebasing: room[..<(count + 4)]).span)
        _ = room[(count + 4)...].update(fromContentsOf: CRC16.text(checksum).utf8)
        return count + Self.sealLength
    }
}

extension PayloadMutator {
    /// Mutates the value of one object, or of one inside it, and counts the lengths around it anew.
    private func mutateOneField(of body: Int) -> Int {
        guard let outer = choose(in: 0..<body, seed >> 8) else {
            return mutate(0..<body, room: room.count - Self.sealLength)
        }
        let inner = seed & 0x30 == 0 ? choose(in: outer, seed >> 16) : nil
        let field = inner ?? outer
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room.count) { tail in
            let tailLength = body - field.upperBound
            _ = tail.update(fromContentsOf: room[field.upperBound..<body])
            let left = room.count - Self.sealLength - field.lowerBound - tailLength
            guard left > 0 else { return body }
            let length = mutate(field, room: min(left, Self.longestValue))
            let end = field.lowerBound + length
            _ = room[end...].update(fromContentsOf: tail[..<tailLength])
            if inner != nil { count(outer.lowerBound..<(outer.upperBound + length - field.count)) }
            count(field.lowerBound..<end)
            return end + tailLength
        }
    }

    /// Writes the length of a value in front of it, in scalars.
    private func count(_ value: Range<Int>) {
        let scalars = min(Self.longestValue, room[value].count { $0 & 0xC0 != 0x80 })
        room[value.lowerBound - 2] = UInt8(0x30 + scalars / 10)
        room[value.lowerBound - 1] = UInt8(0x30 + scalars % 10)
    }

    /// Where the value of one object of a row lies; nil when the bytes are no row.
    private func choose(in row: Range<Int>, _ dice: UInt32) -> Range<Int>? {
        var objects = 0
        var offset = row.lowerBound
        while let value = value(at: offset, end: row.upperBound) {
            objects += 1
            offset = value.upperBound
        }
        guard objects > 0, offset == row.upperBound else { return nil }
        var choice = Int(dice) % objects
        offset = row.lowerBound
        while let value = value(at: offset, end: row.upperBound) {
            if choice == 0 { return value }
            choice -= 1
            offset = value.upperBound
        }
        return nil
    }

    private func value(at offset: Int, end: Int) -> Range<Int>? {
        guard offset + 4 <= end else { return nil }
        let (tens, ones) = (Int(room[offset + 2]) - 0x30, Int(room[offset + 3]) - 0x30)
        guard 0...9 ~= tens, 0...9 ~= ones else { return nil }
        var valueEnd = offset + 4
        for _ in 0..<(tens * 10 + ones) {
            guard valueEnd < end else { return nil }
            valueEnd += 1
            while valueEnd < end, room[valueEnd] & 0xC0 == 0x80 { valueEnd += 1 }
        }
        return (offset + 4)..<valueEnd
    }
}
