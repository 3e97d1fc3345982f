extension Migration {
    /// References of rows that come by the hundred, checked for each statement as a whole.
    static let checks = """
        \(reference("payments", [("participants", "number", ["issuer", "acquirer", "provider"]), ("merchants", "id", ["merchant"])], then: "INSERT INTO kizuna.uetrs SELECT uetr, id FROM added;"))
        \(reference("refunds", [("participants", "number", ["issuer", "acquirer"]), ("payments", "id", ["payment"])], then: "INSERT INTO kizuna.uetrs SELECT uetr, id FROM added;"))
        \(reference("resolutions", [("participants", "number", ["issuer", "acquirer"]), ("merchants", "id", ["merchant"])]))
        \(reference("quotes", [("participants", "number", ["issuer", "provider"])]))
        \(reference("parties", [("payments", "id", ["payment"])]))
        \(reference("code_claims", [("payments", "id", ["payment"])]))
        """

    /// A trigger that refuses new rows of a table where they name what other tables do not have.
    ///
    /// - Parameter references: the other table, its key, and the columns that name one.
    static func reference(
        _ table: String,
        _ references: [(table: String, key: String, columns: [String])],
        then effect: String = ""
    ) -> String {
        let checks = references.map { reference in
            let named = reference.columns.map { "SELECT \($0) AS named FROM added WHERE \($0) IS NOT NULL" }
            return """
                IF EXISTS (
                    SELECT FROM (\(named.joined(separator: " UNION "))) AS n
                    WHERE NOT EXISTS (SELECT FROM kizuna.\(reference.table) AS r WHERE r.\(reference.key) = n.named)
                ) THEN
                    RAISE EXCEPTION 'a row of \(table) names what \(reference.table) does not have'
                        USING ERRCODE = 'foreign_key_violation';
                END IF;
                """
        }
        return """
            CREATE FUNCTION kizuna.check_\(table)() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                \(checks.joined(separator: "\n"))
                \(effect)
                RETURN NULL;
            END $$;
            CREATE TRIGGER \(table)_name_what_exists AFTER INSERT ON kizuna.\(table)
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kizuna.check_\(table)();
            """
    }
}
