import KizunaLedger
import KizunaSwitch

extension Table where Key == String, Row == BakongProject {
    static let bakongProjects = Table(
        "bakong_projects",
        keys: [Column("email", .text) { $0.add($1) }],
        changing: [
            Column("id", .int8) { $0.add(Int64(bitPattern: $1.id)) },
            Column("organisation", .text) { $0.add($1.organisation) },
            Column("name", .text) { $0.add($1.name) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
            Column("standing", .int2) { $0.add($1.standing) },
            Column("code_digest", .bytea) { elements, project in
                if let digest = project.codeDigest { elements.add(digest) } else { elements.addNull() }
            },
        ],
        isRemovable: true
    )
}

extension Query where Row == BakongProject {
    static let bakongProjects = Query(
        "email, id, organisation, name, created_at, standing, code_digest",
        from: "bakong_projects"
    ) { columns, _ throws(StoreError) in
        let email = try columns.text()
        return BakongProject(
            id: UInt64(bitPattern: columns.int64()),
            email: email,
            organisation: try columns.text(),
            name: try columns.text(),
            createdAt: columns.timestamp(),
            standing: try columns.value(),
            codeDigest: columns.optionalBytes()
        )
    }
}

extension Lookup where Key == String, Row == BakongProject {
    static let bakongProjects = Lookup(
        .bakongProjects,
        by: [Column("email", .text) { $0.add($1) }],
        matching: ["email"]
    ) { $0.email }
}

extension Table where Key == Int, Row == BakongKey {
    static let bakongKeys = Table(
        "bakong_keys",
        keys: [Column("number", .int4) { $0.add($1) }],
        fixed: [
            Column("secret", .bytea) { $0.add($1.secret) }, Column("created_at", .int8) { $0.add($1.createdAt) },
        ],
        isRemovable: true
    )
}

extension Query where Row == BakongKey {
    static let bakongKeys = Query("number, secret, created_at", from: "bakong_keys") { columns, _ in
        BakongKey(number: columns.int(), secret: columns.bytes(), createdAt: columns.timestamp())
    }
}

extension Lookup where Key == Int, Row == BakongKey {
    static let bakongKeys = Lookup(
        .bakongKeys,
        by: [Column("number", .int4) { $0.add($1) }],
        matching: ["number"]
    ) { $0.number }
}

extension Table where Key == UniqueID, Row == DeepLink {
    static let deepLinks = Table(
        "deep_links",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("payload", .text) { $0.add($1.payload) },
            Column("app_name", .text) { $0.add($1.source?.appName) },
            Column("icon_url", .text) { $0.add($1.source?.iconURL) },
            Column("callback", .text) { $0.add($1.source?.callback) },
            Column("expires_at", .int8) { $0.add($1.expiresAt) },
        ],
        isRemovable: true
    )
}

extension Query where Row == DeepLink {
    static let deepLinks = Query("id, payload, app_name, icon_url, callback, expires_at", from: "deep_links") {
        columns,
        _ throws(StoreError) in
        let (id, payload) = (try columns.uniqueID(), try columns.text())
        let (name, icon, callback) = (
            try columns.optionalText(), try columns.optionalText(), try columns.optionalText()
        )
        var source: DeepLink.Source?
        if let name, let icon, let callback {
            source = DeepLink.Source(appName: name, iconURL: icon, callback: callback)
        }
        return DeepLink(id: id, payload: payload, source: source, expiresAt: columns.timestamp())
    }
}

extension Lookup where Key == UniqueID, Row == DeepLink {
    static let deepLinks = Lookup(.deepLinks, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}
