/// What is going to happen, the next first.
///
/// Of those at the same millisecond, the one that was planned first happens first: the order is the seed's alone.
struct EventQueue {
    typealias Job = () -> Void

    private struct Event {
        let at: Int64
        let number: Int
        let job: Job

        func comes(before other: Event) -> Bool { (at, number) < (other.at, other.number) }
    }

    /// A binary heap: each event comes before the two below it.
    private var heap: [Event] = []
    private var planned = 0

    var isEmpty: Bool { heap.isEmpty }
    /// When the next one happens.
    var next: Int64? { heap.first?.at }

    mutating func add(at moment: Int64, _ job: @escaping Job) {
        planned += 1
        heap.append(Event(at: moment, number: planned, job: job))
        var place = heap.count - 1
        while place > 0, heap[place].comes(before: heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func take() -> (at: Int64, job: Job)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.at, first.job)
    }

    private mutating func sink() {
        var place = 0
        while 2 * place + 1 < heap.count {
            let (left, right) = (2 * place + 1, 2 * place + 2)
            let earlier = right < heap.count && heap[right].comes(before: heap[left]) ? right : left
            guard heap[earlier].comes(before: heap[place]) else { return }
            heap.swapAt(place, earlier)
            place = earlier
        }
    }
}
