package import KizunaLedger
package import KizunaPayments

/// What people who have signed in do about who is let in, two of them for each change.
package enum AccessCommand: Sendable {
    case propose(ProposeAccess)
    case withdraw(UniqueID)
    /// - Parameter ending: the keys and sessions of a person who is suspended.
    case approve(UniqueID, ending: [UniqueID])
    /// - Parameter digest: the SHA-256 of the key's text, 32 bytes.
    case take(UniqueID, digest: [UInt8])
}

/// One person's wish that somebody's access be another.
package struct ProposeAccess: Sendable, Hashable {
    package enum Wish: Sendable, Hashable {
        case roles(OperatorID, Grants)
        case standing(OperatorID, Person.Standing)
        /// - Parameter days: for how long, 1 to ``AccessChange/mostDays``; `nil` until it is revoked.
        case key(ParticipantID, Grants, days: Int?)
        case revocation(UniqueID)
    }

    package let wish: Wish
    /// Why: 1 to ``AccessChange/longestNote`` characters.
    package let note: String

    package init(_ wish: Wish, note: String) {
        self.wish = wish
        self.note = note
    }
}

extension AccessCommand {
    /// The record that the step reads first.
    var firstRecord: RecordKey {
        switch self {
        case .propose(let proposal): proposal.wish.record
        case .withdraw(let id), .approve(let id, _), .take(let id, _): .accessChange(id)
        }
    }
}

extension ProposeAccess.Wish {
    fileprivate var record: RecordKey {
        switch self {
        case .roles(let id, _), .standing(let id, _): .person(id)
        case .key(let id, _, _): .participant(id)
        case .revocation(let id): .apiKey(id)
        }
    }
}
