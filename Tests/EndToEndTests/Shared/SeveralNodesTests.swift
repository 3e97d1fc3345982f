import DatabaseServer
import Foundation
import KizunaSimulation
import KizunaWeb
import Testing

/// Several switches on one database, each in a process of its own.
@Suite struct SeveralNodesTests {
    @Test func aKeyIsKnownToAllWithinASecond() async throws {
        try await withSharedLink(nodes: 2) { link in
            let made = try Executable.json(
                "key",
                "create",
                "--participant",
                "mekong-bank",
                "--database",
                link.address
            )
            let (id, key) = (try #require(made.text(at: "id")), try #require(made.text(at: "key")))
            for node in 0...1 {
                try await eventually { try await link.get("/v1/participants/me", of: node, key: key).status == 200 }
            }
            let revoked = try Executable.run(["key", "revoke", id, "--database", link.address])
            #expect(revoked.status == 0, "\(revoked.complaint)")
            for node in 0...1 {
                try await eventually { try await link.get("/v1/participants/me", of: node, key: key).status == 401 }
            }
        }
    }

    /// What a dead node was to do is done by another: here to undo a payment whose shop's bank never answers.
    @Test func theWorkOfADeadNodeIsTakenOver() async throws {
        try await withSharedLink(nodes: 2) { link in
            let numbers = try link.livingNodes()
            let paying = Task { [banks = link.banks] in _ = try? await SharedLink.pay("9003", banks) }
            try await eventually { try link.query("SELECT count(*) FROM timers WHERE node = \(numbers[0])") != "0" }
            link.nodes[0].kill()
            let start = ContinuousClock.now
            try await eventually {
                try link.query(
                    """
                    SELECT (SELECT count(*) FROM timers WHERE node = \(numbers[0]))
                        + (SELECT count(*) FROM messages WHERE node = \(numbers[0]))
                    """
                ) == "0"
            }
            print("a dead node's work was taken over after \(start.duration(to: .now))")
            #expect(try link.query("SELECT is_settled FROM nodes WHERE number = \(numbers[0])") == "t")
            #expect(try link.query("SELECT count(*) FROM timers WHERE node = \(numbers[1])") != "0")
            try await eventually { try link.query("SELECT count(*) FROM payments WHERE reason IS NOT NULL") == "1" }
            paying.cancel()
        }
    }

    /// All nodes of a machine that stood still look silent for as long; the first to move gives up none of the others.
    @Test func nodesThatStoodStillTogetherStay() async throws {
        try await withSharedLink(nodes: 2) { link in
            let numbers = try link.livingNodes()
            try await Task.sleep(for: .seconds(3))  // Both have pulses behind them, and may judge.
            for node in link.nodes { Foundation.kill(node.processIdentifier, SIGSTOP) }
            try await Task.sleep(for: .seconds(5))
            for node in link.nodes.reversed() {
                Foundation.kill(node.processIdentifier, SIGCONT)
                try await Task.sleep(for: .milliseconds(500))
            }
            try await Task.sleep(for: .seconds(3))
            #expect(try link.livingNodes() == numbers)
            #expect(try await link.pay().state == "COMPLETED")
            #expect(try link.livingNodes() == numbers)
        }
    }

    /// On SIGTERM a node finishes, and leaves its work to the others at once.
    @Test func aNodeThatIsToldToGoLeavesNothingBehind() async throws {
        try await withSharedLink(nodes: 2) { link in
            let numbers = try link.livingNodes()
            #expect(try await link.pay().state == "COMPLETED")
            #expect(link.nodes[0].terminate() == 0)
            #expect(try !link.livingNodes().contains(numbers[0]))
            try await eventually { try link.query("SELECT count(*) FROM nodes WHERE NOT is_settled") == "1" }
            #expect(try link.livingNodes() == [numbers[1]])
            #expect(try await link.resolve(at: 1).status == 201)
        }
    }
}
