/// What one client lets others do to it, in bytes, items and time.
package struct ClientLimits: Sendable, Hashable {
    /// The largest body of an answer: a day's statement is a tenth of it. One more byte is ``answerTooLarge``.
    package var answerBytes = 1024 * 1024

    /// The status line and all header fields of an answer. One more byte is ``answerTooLarge``.
    package var answerHeadBytes = 64 * 1024

    /// Name look-up, TCP and TLS together: three lost packets and their repeats fit. Part of the time for the whole
    /// exchange.
    package var connectTime = Duration.seconds(5)

    /// Connections to one host and port: what a participant's server takes without complaint. Further requests wait.
    package var connectionsPerHost = 64

    /// Connections in all, well below a process's usual 1,024 descriptors. Further requests wait.
    package var connections = 512

    /// Requests under way and waiting, for an outage of everybody at once. One more is refused as never sent.
    package var requests = 8_192

    /// The longest URL, in bytes: what servers commonly take.
    package var urlBytes = 8_192

    package init() {}
}
