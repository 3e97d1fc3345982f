import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension World {
    /// A change of access that one person proposes, and what has become of it.
    static func accessChange(
        _ number: UInt64,
        _ act: AccessChange.Act = .setRoles,
        of subject: APIKey.Owner = .person(person("sokha")),
        by author: AccessChange.Author = .person(person("m-tanaka")),
        approvedBy approver: String? = nil,
        _ standing: AccessChange.Standing = .proposed
    ) -> AccessChange {
        let isOpen = standing == .proposed || standing == .approved
        return AccessChange(
            id: id(.apiKey, number),
            act: act,
            subject: subject,
            key: act == .makeKey ? id(.apiKey, 900) : nil,
            grantsBefore: .operator,
            grants: [.operator, .approver],
            days: act == .makeKey ? AccessChange.mostDays : nil,
            author: author,
            note: "ផ្លាស់ប្ដូរ 夜勤 '; --",
            createdAt: now,
            approval: approver.map { AccessChange.Approval(person: person($0), at: now) },
            standing: standing,
            endedAt: isOpen ? nil : now
        )
    }

    /// One of each kind.
    static let accessChanges = [
        accessChange(1), accessChange(2, .suspend, .withdrawn), accessChange(3, approvedBy: "dara", .done),
        accessChange(4, .makeKey, of: .participant(issuer), approvedBy: "sokha", .approved),
        accessChange(5, .makeKey, of: .participant(issuer), approvedBy: "sokha", .done),
        accessChange(6, .addPerson, by: .commandLine, .done), accessChange(7, .revokeKey, by: .theSwitch, .done),
    ]
}

extension World {
    static func accessChange(
        _ number: UInt64,
        _ act: AccessChange.Act,
        _ standing: AccessChange.Standing
    ) -> AccessChange { accessChange(number, act, of: .person(person("sokha")), standing) }
}
