import KizunaCrypto
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// What Prometheus is told.
@Suite struct MetricsTests {
    @Test func aPaymentAndARefusalShow() async throws {
        let world = try await APIWorld()
        let meters = RequestMeters()
        let api = KizunaAPI(
            world.engine,
            lock: Lock(world.engine, signatures: OpenSSLSignatureChecker(), needsCertificates: false),
            signer: WritingSigner(),
            reach: .internet,
            meters: meters
        )
        #expect(await api.respond(to: world.request("GET", "/v1/participants/me", as: .mekong)).status == 200)
        #expect(await api.respond(to: world.request("GET", "/v1/participants/me", as: nil)).status == 401)
        #expect(await api.respond(to: world.request("GET", "/v1/nothing", as: .mekong)).status == 404)
        let metrics = MetricsHandler(world.engine, requests: meters)
        let answer = await metrics.respond(to: HTTPRequest(method: "GET", path: "/metrics"))
        #expect(answer.status == 200 && answer.headers["Content-Type"] == MetricsText.contentType)
        let lines = Set(String(decoding: answer.body, as: UTF8.self).split(separator: "\n").map(String.init))
        for line in [
            "kizuna_store_up 1", #"kizuna_payments{state="SENT"} 0"#,
            #"kizuna_http_requests_total{operation="getSelf",status="200"} 1"#,
            #"kizuna_http_requests_total{operation="getSelf",status="401"} 1"#,
            #"kizuna_http_requests_total{operation="",status="404"} 1"#,
            #"kizuna_problems_total{code="unauthorized"} 1"#,
            #"kizuna_problems_total{code="not_found"} 1"#,
            #"kizuna_position_minor_units{participant="mekong-bank",currency="KHR"} 0"#,
        ] { #expect(lines.contains(line), "\(line)") }
        let groups = world.engine.meters.figures.groupSizes.counts.reduce(0, +)
        #expect(groups > 0 && lines.contains("kizuna_commit_group_size_count \(groups)"))
        #expect(await metrics.respond(to: HTTPRequest(method: "GET", path: "/")).status == 404)
        #expect(await metrics.respond(to: HTTPRequest(method: "POST", path: "/metrics")).status == 405)
    }

    @Test func aHistogramCountsUpToEachBound() {
        var histogram = Histogram(bounds: [1, 2])
        for value in [0.5, 1, 1.5, 2, 9] { histogram.add(value) }
        #expect(histogram.counts == [2, 2, 1])
        #expect(histogram.sum == 14)
        var text = MetricsText()
        text.add("times", "How long.", [(["at": "a \"place\""], histogram)])
        #expect(
            text.text == """
                # HELP times How long.
                # TYPE times histogram
                times_bucket{at="a \\"place\\"",le="1.0"} 2
                times_bucket{at="a \\"place\\"",le="2.0"} 4
                times_bucket{at="a \\"place\\"",le="+Inf"} 5
                times_sum{at="a \\"place\\""} 14
                times_count{at="a \\"place\\""} 5

                """
        )
    }
}
