import Dispatch

/// Where the engine's jobs run: on threads in production, one by one under a simulation's clock.
///
/// The engine decides what is to be done; when and on which thread is a lane's business. Jobs given to one lane never
/// wait for a later job of the same lane.
package protocol Lane: Sendable {
    func run(_ job: @escaping @Sendable () -> Void)
}

/// The lanes of one switch.
package struct Lanes: Sendable {
    /// Prepares groups, in the order given.
    package let worker: any Lane
    /// Commits groups, in the order given.
    package let writer: any Lane
    /// Answers those whose commit is durable, in the order given, while the next group is being written.
    package let replies: any Lane
    /// Sends messages, beside each other.
    package let courier: any Lane

    package init(worker: any Lane, writer: any Lane, replies: any Lane, courier: any Lane) {
        self.worker = worker
        self.writer = writer
        self.replies = replies
        self.courier = courier
    }

    /// A thread for each of the committer's, a task for each message.
    package static func threads() -> Lanes {
        Lanes(
            worker: QueueLane(label: "kizuna.committer"),
            writer: QueueLane(label: "kizuna.writer"),
            replies: QueueLane(label: "kizuna.replies"),
            courier: TaskLane()
        )
    }
}

/// One job after the other, on a dispatch queue.
private struct QueueLane: Lane {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

    func run(_ job: @escaping @Sendable () -> Void) { queue.async(execute: job) }
}

/// Each job as a task of its own.
private struct TaskLane: Lane {
    func run(_ job: @escaping @Sendable () -> Void) { Task { job() } }
}
