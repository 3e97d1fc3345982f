import CCurl
import Glibc
import KizunaWeb

/// One of libcurl's transfers, set up once for what all requests share and used for one request after another.
final class EasyHandle {
    let handle: UnsafeMutableRawPointer
    private(set) var transfer: Transfer?
    private var headerLines: UnsafeMutablePointer<curl_slist>?
    private var pins: UnsafeMutablePointer<curl_slist>?

    /// - Throws: `neverSent` when libcurl has no memory.
    ///
    /// - Parameter watch: outlives every connection; told of each that closes.
    init(limits: ClientLimits, tls: ClientTLS, watch: SocketWatch) throws(HTTPClientError) {
        guard let handle = curl_easy_init() else { throw .refused(by: CURLE_FAILED_INIT) }
        self.handle = handle
        try set(CURLOPT_NOSIGNAL, 1)
        // Ending a transfer in mid look-up leaves the look-up's thread to end by itself; without this, the loop and
        // everybody's transfers would wait for a name server.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_PROXY, "")  // An empty name turns the environment's proxies off.
        try set(CURLOPT_NOPROXY, "*")
        let (seconds, attoseconds) = limits.connectTime.components
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
        for (option, file) in [
            (CURLOPT_CAINFO, tls.authoritiesFile), (CURLOPT_SSLCERT, tls.certificateFile),
            (CURLOPT_SSLKEY, tls.keyFile),
        ] {
            if let file { try set(option, file) }
        }
        try check(kizuna_easy_set_sinks(handle, headLineArrived, bodyPartArrived))
        try check(kizuna_easy_set_source(handle, bodyPartWanted))
        try check(kizuna_easy_set_opener(handle, socketWanted))
        try check(kizuna_easy_set_closer(handle, socketDone, Unmanaged.passUnretained(watch).toOpaque()))
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerLines)
        curl_slist_free_all(pins)
    }

    /// Makes the next transfer from a request.
    ///
    /// - Throws: `neverSent` when libcurl has no memory.
    func prepare(_ transfer: Transfer, pins texts: [String]) throws(HTTPClientError) {
        let request = transfer.request
        clear()
        self.transfer = transfer
        headerLines = try list(request.headerLines)
        pins = try list(texts)
        try check(kizuna_easy_set_pointer(handle, CURLOPT_RESOLVE, pins))
        try set(CURLOPT_URL, request.url)
        try check(kizuna_easy_set_pointer(handle, CURLOPT_HTTPHEADER, headerLines))
        let context = UnsafeRawPointer(Unmanaged.passUnretained(transfer).toOpaque())
        try check(kizuna_easy_set_pointer(handle, CURLOPT_HEADERDATA, context))
        try check(kizuna_easy_set_pointer(handle, CURLOPT_WRITEDATA, context))
        try check(kizuna_easy_set_pointer(handle, CURLOPT_READDATA, context))
        try check(kizuna_easy_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
        try set(method: request.method, body: request.body)
        try set(CURLOPT_CERTINFO, request.keepsCertificate ? 1 : 0)
        // What is tried is tried on a connection of its own: another's handshake shows nothing, and a body that leaves
        // slowly cannot be sent once more.
        let needsOwnConnection = request.keepsCertificate || request.bytesPerSecond != nil
        try set(CURLOPT_FRESH_CONNECT, needsOwnConnection ? 1 : 0)
        try check(
            kizuna_easy_set_offset(handle, CURLOPT_MAX_SEND_SPEED_LARGE, curl_off_t(request.bytesPerSecond ?? 0))
        )
        if request.bytesPerSecond != nil {
            // Without this, the body leaves at once, along with the head.
            try check(kizuna_easy_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, nil))
        }
    }

    /// Lets go of the last transfer; connections stay with the loop.
    func clear() {
        transfer = nil
        curl_slist_free_all(headerLines)
        headerLines = nil
        curl_slist_free_all(pins)
        pins = nil
    }

    private func list(_ texts: [String]) throws(HTTPClientError) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard let longer = curl_slist_append(list, text) else {
                curl_slist_free_all(list)
                throw .refused(by: CURLE_OUT_OF_MEMORY)
            }
            list = longer
        }
        return list
    }

    /// Whether a byte of the request may have left, on whichever connection libcurl tried.
    ///
    /// The size counts what the first write of each attempt took; the time is set once sending has begun.
    var mayHaveSent: Bool {
        kizuna_easy_get_number(handle, CURLINFO_REQUEST_SIZE) > 0
            || kizuna_easy_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T) > 0
    }
    /// The first certificate of those that the server has shown, in PEM, where they were kept.
    var certificate: [UInt8]? {
        guard let text = kizuna_easy_get_certificate(handle) else { return nil }
        return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
    var status: Int { kizuna_easy_get_number(handle, CURLINFO_RESPONSE_CODE) }

    private func set(method: String, body: [UInt8]) throws(HTTPClientError) {
        // The first of these puts libcurl's own idea of the method back, whatever the last request was.
        try set(CURLOPT_HTTPGET, 1)
        let carriesBody = !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method)
        if carriesBody {
            try set(CURLOPT_POST, 1)
            try check(kizuna_easy_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            let code = body.withUnsafeBytes { bytes in
                // libcurl copies; an address is needed even for no bytes, or it would ask a callback for them.
                kizuna_easy_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress ?? UnsafeRawPointer(handle))
            }
            try check(code)
        }
        try set(CURLOPT_NOBODY, method == "HEAD" ? 1 : 0)
        if method == "HEAD" || method == "GET" && !carriesBody {
            try check(kizuna_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, nil))
        } else {
            try set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try check(kizuna_easy_set_number(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
        try check(kizuna_easy_set_text(handle, option, value))
    }

    private func check(_ code: CURLcode) throws(HTTPClientError) {
        guard code == CURLE_OK else { throw .refused(by: code) }
    }
}

// libcurl calls these from the loop's thread. They are functions rather than closures so that they belong to no actor.

/// - Returns: as many bytes as came, or fewer to end the transfer.
private func headLineArrived(
    bytes: UnsafeMutablePointer<CChar>?,
    size: Int,
    count: Int,
    context: UnsafeMutableRawPointer?
) -> Int {
    take(bytes, size * count, context) { $0.take(headLine: $1) }
}

/// - Returns: as many bytes as came, or fewer to end the transfer.
private func bodyPartArrived(
    bytes: UnsafeMutablePointer<CChar>?,
    size: Int,
    count: Int,
    context: UnsafeMutableRawPointer?
) -> Int {
    take(bytes, size * count, context) { $0.take(bodyPart: $1) }
}

/// - Returns: how many bytes were put there.
private func bodyPartWanted(
    bytes: UnsafeMutablePointer<CChar>?,
    size: Int,
    count: Int,
    context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        .give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

private func take(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?,
    _ body: (Transfer, UnsafeBufferPointer<UInt8>) -> Bool
) -> Int {
    guard count > 0 else { return 0 }
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let start = UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)
    return body(transfer, UnsafeBufferPointer(start: start, count: count)) ? count : 0
}

/// Makes the socket for a connection, if the address may be reached. This is the very address that is connected to:
/// there is no look-up behind it.
private func socketWanted(
    context: UnsafeMutableRawPointer?,
    purpose: curlsocktype,
    address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else {
        return CURL_SOCKET_BAD
    }
    // libcurl keeps room for the address of any family behind its beginning.
    let start = UnsafeRawPointer(address) + offset
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    guard transfer.mayConnect(to: IPAddress(start, family: address.pointee.family)) else { return CURL_SOCKET_BAD }
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.protocol)
}

/// Closes a connection's socket.
private func socketDone(context: UnsafeMutableRawPointer?, socket: curl_socket_t) -> Int32 {
    if let context { Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().forget(socket) }
    return close(socket)
}

extension IPAddress {
    /// What a `sockaddr` of a family says; `nil` for families other than those of the Internet Protocol.
    fileprivate init?(_ start: UnsafeRawPointer, family: Int32) {
        let place: Range<Int>
        switch family {
        case AF_INET: place = 4..<8
        case AF_INET6: place = 8..<24
        default: return nil
        }
        self.init(bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(start: start, count: 24)[place]))
    }
}
