import KizunaSwitch

extension AccessWords {
    static let english = AccessWords(
        lead:
            "One person proposes who is let in and what somebody may do; another approves it. The command line of the switch's own machine asks nobody, and what is done there is logged here as well.",
        waiting: "Waiting for somebody",
        nothingWaits: "Nothing waits for anybody.",
        people: "People",
        person: "Signs in as",
        name: "Name",
        roles: "Roles",
        standing: "Standing",
        active: "lets in",
        suspended: "suspended",
        since: "Since",
        lastChange: "Last change",
        log: "What has changed",
        nothingYet: "Nothing has changed yet.",
        older: "Older",
        when: "When",
        what: "What",
        whose: "Whose",
        proposedBy: "Proposed by",
        approvedBy: "Approved by",
        openUntil: "Open until",
        act: { act in
            switch act {
            case .addPerson: "A new person"
            case .setRoles: "Other roles"
            case .suspend: "Suspend"
            case .reinstate: "Let in again"
            case .setPassword: "A new password"
            case .setAuthenticator: "A new authenticator"
            case .makeKey: "A new key"
            case .bindCertificate: "A certificate"
            case .takeSigningKey: "A signing key"
            case .revokeKey: "Revoke a key"
            }
        },
        standingName: { standing in
            switch standing {
            case .proposed: "proposed"
            case .approved: "key to be taken"
            case .done: "done"
            case .withdrawn: "withdrawn"
            }
        },
        lapsed: "lapsed",
        commandLine: "command line",
        theSwitch: "the switch",
        otherRoles: "Propose other roles",
        suspending: "Ends all sessions and keys of this person, and lets no new ones begin.",
        reinstating: "This person may sign in again. Keys that have ended stay so.",
        note: "Why",
        propose: "Propose",
        sayWhy: "Say why, in one sentence.",
        tooMany: "A hundred proposals wait already. Decide about some of them first.",
        before: "Before",
        afterwards: "Afterwards",
        validFor: "Good for, in days",
        days: { $0 == 1 ? "1 day" : "\($0) days" },
        untilRevoked: "until it is revoked",
        key: "Key",
        anotherApproves: "Another person has to approve this, and nobody approves a change of his or her own access.",
        approveQuestion: { "\($0) proposes this. Do you approve it as well?" },
        approve: "Approve",
        withdraw: "Take the proposal back",
        shownOnce:
            "This has been approved. The key is made when you press the button, and shown once, to you alone. Have a safe place for it ready.",
        takeKey: "Make the key and show it",
        proposerTakes: { "This has been approved. \($0) makes the key, and nobody else sees it." },
        theKey: "The key",
        keepIt: "Copy it now. It is kept nowhere and not shown again."
    )
}
