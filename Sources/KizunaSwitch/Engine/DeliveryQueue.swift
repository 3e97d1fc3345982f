import KizunaLedger

/// Which message goes next: each receiver's in the order in which they came, and the receivers in turn.
///
/// Nothing here depends on how many wait. Whoever does not answer fills a line of its own and no more than its share of
/// what is under way.
struct DeliveryQueue {
    /// Who is called: a participant, or one of its webhooks.
    struct Receiver: Hashable {
        let participant: ParticipantID
        let webhook: UniqueID?

        init(of message: OutboxMessage) {
            participant = message.destination
            webhook = message.target?.webhook
        }
    }

    /// A receiver with something waiting or under way.
    private struct Line {
        var waiting = FirstInFirstOut<OutboxMessage>()
        var underWay = 0
        /// Whether it is among those whose turn comes.
        var isInTurn = false
    }

    private let mostUnderWay: Int
    private let mostPerReceiver: Int
    private var lines: [Receiver: Line] = [:]
    private var turns = FirstInFirstOut<Receiver>()
    private(set) var waiting = 0
    private(set) var underWay = 0

    init(mostUnderWay: Int, mostPerReceiver: Int) {
        self.mostUnderWay = mostUnderWay
        self.mostPerReceiver = mostPerReceiver
    }

    /// Takes in a message.
    ///
    /// - Returns: whether it goes at once; otherwise it waits for ``next()``.
    mutating func add(_ message: OutboxMessage) -> Bool {
        let receiver = Receiver(of: message)
        var line = lines[receiver] ?? Line()
        defer { lines[receiver] = line }
        guard underWay < mostUnderWay, line.underWay < mostPerReceiver, line.waiting.isEmpty else {
            line.waiting.append(message)
            waiting += 1
            giveTurn(to: receiver, &line)
            return false
        }
        line.underWay += 1
        underWay += 1
        return true
    }

    /// The next that goes; `nil` while there is no room, or nothing waits for it.
    mutating func next() -> OutboxMessage? {
        guard underWay < mostUnderWay, let receiver = turns.popFirst(), var line = lines[receiver] else { return nil }
        line.isInTurn = false
        guard let message = line.waiting.popFirst() else { preconditionFailure("Who has a turn has something waiting") }
        waiting -= 1
        line.underWay += 1
        underWay += 1
        giveTurn(to: receiver, &line)
        lines[receiver] = line
        return message
    }

    /// Notes that a message has come back, whatever has become of it.
    mutating func end(_ message: OutboxMessage) {
        let receiver = Receiver(of: message)
        guard var line = lines[receiver] else { preconditionFailure("What comes back has gone") }
        line.underWay -= 1
        underWay -= 1
        giveTurn(to: receiver, &line)
        lines[receiver] = line.underWay == 0 && line.waiting.isEmpty ? nil : line
    }

    private mutating func giveTurn(to receiver: Receiver, _ line: inout Line) {
        guard !line.isInTurn, !line.waiting.isEmpty, line.underWay < mostPerReceiver else { return }
        line.isInTurn = true
        turns.append(receiver)
    }
}

/// A line in which nobody pushes in.
struct FirstInFirstOut<Element> {
    private var elements: [Element?] = []
    private var first = 0

    var isEmpty: Bool { first == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        defer {
            elements[first] = nil
            first += 1
            // Moved up once for as many as have gone, so each costs the same.
            if first * 2 > elements.count {
                elements.removeFirst(first)
                first = 0
            }
        }
        return elements[first]
    }
}
