import Testing

@testable import KizunaSwitch

/// What a step changes can be taken back, row by row and in any order of loads and changes.
@Suite struct RecordTableTests {
    private var table = RecordTable<String, Int>()

    /// What would be written, as the store reads it.
    private var written: [String] {
        let text = { (row: Int?) in row.map(String.init) ?? "none" }
        return table.changes.map { "\($0.key): \(text($0.stored)) → \(text($0.row))" }
    }

    @Test mutating func whatWasNeverAskedForIsNotLoaded() {
        #expect(!table.isLoaded("a"))
        table.load("a", nil)
        #expect(table.isLoaded("a") && table["a"] == nil && table.isUnchanged)
    }

    @Test mutating func changesKeepTheOrderOfTheirFirst() {
        table.load("a", 1)
        table.set("b", 2)
        table.set("a", 3)
        table.set("b", 4)
        #expect(written == ["b: none → 4", "a: 1 → 3"])
    }

    @Test mutating func aRowThatIsAsItWasIsNotWritten() {
        table.load("a", 1)
        table.set("a", 2)
        table.set("a", 1)
        #expect(written.isEmpty)
    }

    @Test mutating func aRollbackGoesBackToTheMark() {
        table.load("a", 1)
        table.set("a", 2)
        table.set("b", 5)
        table.apply(.mark)
        table.set("a", 3)
        table.set("b", nil)
        table.set("c", 7)
        table.set("c", 8)
        table.apply(.rollback)
        #expect(table["a"] == 2 && table["b"] == 5 && !table.isLoaded("c"))
        #expect(written == ["a: 1 → 2", "b: none → 5"])
    }

    @Test mutating func whatWasTakenBackMayComeAgain() {
        table.load("a", 1)
        table.apply(.mark)
        table.set("c", 7)
        table.set("a", 2)
        table.apply(.rollback)
        table.load("c", nil)
        table.set("c", 9)
        table.set("a", 4)
        #expect(written == ["c: none → 9", "a: 1 → 4"])
    }

    @Test mutating func whatIsDiscardedLeavesWhatWasLoaded() {
        table.load("a", 1)
        table.set("a", 2)
        table.set("b", 5)
        table.apply(.discard)
        #expect(table["a"] == 1 && !table.isLoaded("b") && table.isUnchanged)
        table.set("b", 6)
        #expect(written == ["b: none → 6"])
    }

    @Test mutating func anotherTableIsAskedFirst() {
        var before = RecordTable<String, Int>()
        before.load("absent", nil)
        before.load("a", 1)
        before.set("a", 2)
        let known = ["a", "absent", "unknown"].map { table.adopt($0, from: before) }
        #expect(known == [true, true, false])
        #expect(table["a"] == 2 && table.isLoaded("absent") && !table.isLoaded("unknown") && table.isUnchanged)
    }
}
