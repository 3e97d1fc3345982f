extension Migration {
    /// Every node says of which version its program is, so that no later step leaves one behind that is serving. Those
    /// that do not know of it yet are of the first.
    static let programs = Migration(
        version: 3,
        oldestProgram: 1,
        sql: "ALTER TABLE kizuna.nodes ADD COLUMN program int4 NOT NULL DEFAULT 1;"
    )
}
