/// What one server takes from its clients, in bytes, items and time.
package struct ServerLimits: Sendable, Hashable {
    /// The largest body: three times the longest ISO 20022 message that the rails exchange. One more byte is 413.
    package var bodyBytes = 64 * 1024

    /// The largest body where the handler takes large ones: a file of 2 MiB. One more byte is 413.
    package var largeBodyBytes = 2 * 1024 * 1024

    /// Large bodies in memory at one time, 32 MiB in all, from their announcement to their answer. One more is told
    /// 503.
    package var largeBodies = 16

    /// How much of a body that is too large is read and thrown away, so that its sender comes to read the 413. A
    /// sender who announces more hears at once; one who goes on beyond it without having announced it is cut off.
    package var discardedBodyBytes = 1024 * 1024

    /// Connections that have been answered and still send, as with a file that is too large: what they send is thrown
    /// away, so that they come to read the answer. One more is closed at once.
    package var lingeringConnections = 64

    /// For how long and how much: a file of four times what is taken, over a line of 10 Mbit/s.
    package var lingeringTime = Duration.seconds(8)
    package var lingeringBytes = 8 * 1024 * 1024

    /// The request line and all header fields. Browsers with full cookie jars stay below half of it. More is 431.
    package var headBytes = 16 * 1024

    /// Header fields of one request: clients behind three proxies send some thirty. One more is 431.
    package var headerFields = 100

    /// Path and query: RFC 9110, section 4.1, asks for at least 8,000. One more byte is 414.
    package var targetBytes = 8_192

    /// How long a connection may stay without a byte, in whole seconds: longer than the pause between a customer's
    /// two clicks, short enough that phones which went away do not fill the server. Behind a load balancer it has to
    /// be longer than the balancer keeps its connections, or some requests will meet a connection that is closing.
    package var idleSeconds = 15

    /// From a request's target to its last byte. A phone on a bad line sends 64 KiB in half of that; whoever drips
    /// bytes to hold a connection is cut off.
    package var receiveTime = Duration.seconds(10)

    /// From the announcement of a large body to its last byte: 2 MiB at 300 kbit/s.
    package var largeReceiveTime = Duration.seconds(60)

    /// From an answer's first byte to its last, for the slowest line that still loads a page.
    package var sendTime = Duration.seconds(60)

    /// Connections at one time, each some 40 KiB: 160 MiB in all. One more is told 503 and closed. Fewer where the
    /// process may not have so many descriptors.
    package var connections = 4_096

    /// Connections at one time from one address, or nothing for as many as there are: behind a load balancer, as in
    /// tests, everybody comes from one address.
    package var connectionsPerAddress: Int?

    /// Requests that wait for their answers at one time: about what the switch answers in half a second. One more is
    /// told 503, which costs it less than waiting would.
    package var requestsInFlight = 1_024

    /// What `Retry-After` says with a 503: group commits take milliseconds, so a second is plenty.
    package var retryAfterSeconds = 1

    package init() {}

    /// What libmicrohttpd may use for one connection: the head, its index, and the head of the answer.
    var connectionMemoryBytes: Int { max(2 * headBytes, 8_192) }
}

/// How a server runs, apart from its limits.
package struct ServerOptions: Sendable, Hashable {
    /// Threads that read and write sockets, and run handlers until they first wait: 1 to 64.
    package var threads = 2

    /// Who the server is over TLS; `nil` for plain HTTP.
    package var tls: ServerTLS?

    package init() {}
}
