import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// How often one caller may call.
@Suite struct RateLimiterTests {
    private let start = Timestamp(milliseconds: 1_760_000_000_000)

    private func count(_ limiter: RateLimiter, _ key: RateLimiter.Key, tries: Int, at now: Timestamp) -> Int {
        (0..<tries).count { _ in limiter.admits(key, at: now) }
    }

    @Test func fiftyAtOnceAndThenTenASecond() {
        let limiter = RateLimiter(RateLimiter.Rate())
        #expect(count(limiter, .project(1), tries: 60, at: start) == 50)
        #expect(count(limiter, .project(1), tries: 60, at: start.adding(.milliseconds(99))) == 0)
        #expect(count(limiter, .project(1), tries: 60, at: start.adding(.milliseconds(100))) == 1)
        #expect(count(limiter, .project(1), tries: 60, at: start.adding(.milliseconds(1_100))) == 10)
        #expect(count(limiter, .project(1), tries: 60, at: start.adding(.seconds(60))) == 50)
    }

    @Test func nobodyUsesUpAnothersCalls() {
        let limiter = RateLimiter(RateLimiter.Rate())
        #expect(count(limiter, .project(1), tries: 60, at: start) == 50)
        #expect(count(limiter, .project(2), tries: 60, at: start) == 50)
        #expect(count(limiter, .address("192.0.2.1"), tries: 60, at: start) == 50)
    }

    @Test func aClockThatGoesBackGivesNothing() {
        let limiter = RateLimiter(RateLimiter.Rate())
        #expect(count(limiter, .project(1), tries: 50, at: start) == 50)
        #expect(count(limiter, .project(1), tries: 5, at: start.adding(.seconds(-3_600))) == 0)
    }

    @Test func strangersShareWhatIsLeftWhenThereAreTooMany() {
        let limiter = RateLimiter(RateLimiter.Rate(perSecond: 1, burst: 2), mostKeys: 3)
        for number in 1...3 as ClosedRange<UInt64> { #expect(limiter.admits(.project(number), at: start)) }
        #expect(count(limiter, .project(4), tries: 2, at: start) == 2)
        #expect(!limiter.admits(.project(5), at: start))
        // Those who are known keep their own, and the rested make room.
        #expect(limiter.admits(.project(1), at: start))
        #expect(count(limiter, .project(6), tries: 3, at: start.adding(.seconds(10))) == 2)
    }

    @Test func tooManyCallsAreToldToComeBack() async throws {
        let bakong = try await BakongWorld()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<60 {
                group.addTask { await bakong.call("check_transaction_by_md5", ["md5": "x"]).status }
            }
            return await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 50, 429: 10])
        let response = await bakong.call("check_transaction_by_md5", ["md5": "x"])
        #expect(response.headers["Retry-After"] == "1")
        bakong.world.clock.advance(by: .seconds(1))
        #expect(await bakong.call("check_transaction_by_md5", ["md5": "x"]).status == 200)
    }

    @Test func guessingTokensIsCountedByAddress() async throws {
        let bakong = try await BakongWorld()
        for _ in 0..<50 {
            #expect(await bakong.call("check_transaction_by_md5", ["md5": "x"], token: "no").status == 401)
        }
        #expect(await bakong.call("check_transaction_by_md5", ["md5": "x"], token: "no").status == 429)
        #expect(await bakong.call("check_transaction_by_md5", ["md5": "x"]).status == 200)
    }
}
