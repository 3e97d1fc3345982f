import CCurl
import KizunaWeb

/// One of libcurl's transfers, set up once for what all requests share and used for one request after another.
final class EasyHandle {
    let handle: UnsafeMutableRawPointer
    private(set) var transfer: Transfer?
    private var headerLines: UnsafeMutablePointer<curl_slist>?

    /// - Throws: `neverSent` when libcurl has no memory.
    init(limits: ClientLimits) throws(HTTPClientError) {
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
        try check(kizuna_easy_set_sinks(handle, headLineArrived, bodyPartArrived))
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerLines)
    }

    /// Makes the next transfer from a request.
    ///
    /// - Throws: `neverSent` when libcurl has no memory.
    func prepare(_ transfer: Transfer) throws(HTTPClientError) {
        let request = transfer.request
        clear()
        self.transfer = transfer
        for line in request.headerLines {
            guard let longer = curl_slist_append(headerLines, line) else { throw .refused(by: CURLE_OUT_OF_MEMORY) }
            headerLines = longer
        }
        try set(CURLOPT_URL, request.url)
        try check(kizuna_easy_set_pointer(handle, CURLOPT_HTTPHEADER, headerLines))
        let context = UnsafeRawPointer(Unmanaged.passUnretained(transfer).toOpaque())
        try check(kizuna_easy_set_pointer(handle, CURLOPT_HEADERDATA, context))
        try check(kizuna_easy_set_pointer(handle, CURLOPT_WRITEDATA, context))
        try set(method: request.method, body: request.body)
    }

    /// Lets go of the last transfer; connections stay with the loop.
    func clear() {
        transfer = nil
        curl_slist_free_all(headerLines)
        headerLines = nil
    }

    /// Whether a byte of the request may have left, on whichever connection libcurl tried.
    ///
    /// The size counts what the first write of each attempt took; the time is set once sending has begun.
    var mayHaveSent: Bool {
        kizuna_easy_get_number(handle, CURLINFO_REQUEST_SIZE) > 0
            || kizuna_easy_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T) > 0
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
