extension CopiedTable {
    /// Everything that a database of Kizuna's holds, each table behind those that its rows name.
    ///
    /// What only one database needs for itself is left out: which nodes share it, where the journal's head is.
    package static let all = institutions + shopsAndRates + payments + claims + memory + bakong + work + journal

    private static let institutions = [
        CopiedTable("environment", numbers: ["number"], texts: ["name"]),
        CopiedTable("institutions", numbers: ["number"], texts: ["id"]),
        CopiedTable(
            "participants",
            numbers: ["number", "roles", "status", "link_kind", "issuer_fee_basis_points"],
            texts: ["name", "country", "endpoint"]
        ),
        CopiedTable(
            "accounts",
            numbers: [
                "number", "owner", "role", "currency", "net_debit_cap", "debits_posted", "credits_posted",
                "debits_held", "credits_held",
            ]
        ),
        CopiedTable(
            "api_keys",
            ids: ["id"],
            numbers: [
                "participant", "created_at", "revoked_at", "kind", "grants", "expires_at", "last_used_at",
            ],
            texts: ["operator"],
            bytes: ["digest"]
        ),
        CopiedTable(
            "people",
            numbers: ["roles", "standing", "last_step", "created_at", "changed_at"],
            texts: ["id", "name", "password_hash"],
            bytes: ["authenticator_key"]
        ),
        CopiedTable(
            "access_changes",
            ids: ["id", "key"],
            numbers: [
                "act", "grants_before", "grants", "days", "author", "created_at", "approved_at", "standing", "ended_at",
            ],
            texts: ["person", "participant", "proposer", "note", "approver"]
        ),
    ]

    private static let shopsAndRates = [
        CopiedTable(
            "merchants",
            ids: ["id"],
            numbers: ["acquirer", "status"],
            truths: ["accepts_foreign_payers"],
            texts: ["key", "name", "local_name", "city", "category_code"]
        ),
        CopiedTable(
            "shop_freezes",
            ids: ["shop"],
            numbers: ["frozen_at", "lifted_at"],
            texts: ["frozen_by", "reason", "lifted_by", "lift_reason"]
        ),
        CopiedTable(
            "webhooks",
            ids: ["id", "merchant"],
            numbers: [
                "participant", "events", "created_at", "secret_number", "previous_secret_until", "last_at",
                "last_status",
            ],
            texts: ["url"]
        ),
        CopiedTable(
            "rates",
            numbers: [
                "payer_currency", "merchant_currency", "provider", "mid_digits", "mid_decimals", "spread_basis_points",
                "published_at",
            ]
        ),
        CopiedTable(
            "rate_tiers",
            numbers: ["payer_currency", "merchant_currency", "provider", "from_amount", "spread_basis_points"]
        ),
        CopiedTable(
            "rate_improvements",
            numbers: ["payer_currency", "merchant_currency", "provider", "issuer", "basis_points"]
        ),
        CopiedTable(
            "fee_rules",
            numbers: [
                "number", "kind", "participant", "currency", "first_category", "last_category", "size_currency", "size",
                "basis_points", "flat", "effective_from", "recorded_at",
            ],
            texts: ["payer_country", "merchant_country"]
        ),
        CopiedTable("rounding_rests", numbers: ["provider", "currency", "parts"]),
    ]

    private static let payments = [
        CopiedTable(
            "resolutions",
            ids: ["id", "merchant", "code"],
            numbers: ["issuer", "acquirer", "fixed_amount", "created_at", "expires_at", "currency"],
            truths: ["is_single_use"],
            texts: ["payer_country", "scheme", "reference"]
        ),
        // Their ids are random; in this order a payment finds its quote among those of its time.
        CopiedTable(
            "quotes",
            ids: ["id", "resolution"],
            numbers: [
                "issuer", "provider", "merchant_currency", "payer_currency", "merchant_amount", "interbank_amount",
                "issuer_fee", "rate_digits", "rate_decimals", "mid_digits", "mid_decimals", "merchant_discount",
                "interchange", "switch_fee", "created_at", "expires_at",
            ],
            truths: ["possible_duplicate"],
            order: ["created_at"]
        ),
        CopiedTable(
            "bridges",
            ids: ["quote"],
            numbers: [
                "provider", "currency", "amount", "payer_side_digits", "payer_side_decimals", "payer_side_mid_digits",
                "payer_side_mid_decimals", "merchant_side_digits", "merchant_side_decimals",
                "merchant_side_mid_digits", "merchant_side_mid_decimals",
            ]
        ),
        CopiedTable(
            "payments",
            ids: ["id", "uetr", "quote", "merchant", "code", "payer"],
            numbers: [
                "issuer", "acquirer", "provider", "link_kind", "submitted_at", "state", "changed_at", "refund_parts",
                "refunded_by_merchant", "refunded_to_payer",
            ],
            truths: ["is_single_use", "possible_duplicate"],
            texts: ["reason"],
            bytes: ["history"]
        ),
        CopiedTable("payment_counts", numbers: ["state", "payments"]),
        CopiedTable(
            "parties",
            ids: ["payment"],
            texts: [
                "payer_name", "payer_account", "merchant_name", "merchant_local_name", "merchant_city", "merchant_key",
                "reference",
            ]
        ),
        CopiedTable(
            "refunds",
            ids: ["id", "payment", "uetr"],
            numbers: [
                "acquirer", "issuer", "merchant_amount", "payer_amount", "issuer_fee_returned", "bridge_amount",
                "created_at", "part", "merchant_currency", "payer_currency", "bridge_currency",
            ],
            texts: ["reason"]
        ),
        CopiedTable("uetrs", ids: ["uetr", "bearer"], isDerived: true),
        CopiedTable("code_claims", ids: ["code", "payment"]),
    ]
}

extension CopiedTable {
    /// A file may have two megabytes.
    private static let filesAtOnce = 8

    private static let claims = [
        CopiedTable(
            "recalls",
            ids: ["id", "payment", "refund"],
            numbers: [
                "issuer", "acquirer", "currency", "amount", "requested_at", "answer_due_at", "state", "changed_at",
                "freeze_due_at", "freeze_state", "frozen_amount", "freeze_reported_at",
            ],
            texts: ["reason", "refusal"]
        ),
        CopiedTable(
            "disputes",
            ids: ["id", "payment", "refund", "proposal"],
            numbers: [
                "issuer", "acquirer", "opened_by", "currency", "amount", "opened_at", "answer_due_at", "state",
                "changed_at", "due_at", "event_count", "evidence_count", "evidence_requests", "decision",
                "proposed_at",
            ],
            texts: ["reason", "proposer", "note", "approver"]
        ),
        CopiedTable(
            "evidence",
            ids: ["id", "dispute"],
            numbers: ["side", "media_type", "byte_count", "added_at"],
            bytes: ["digest"]
        ),
        CopiedTable("evidence_files", ids: ["evidence"], bytes: ["bytes"], rowsAtOnce: filesAtOnce),
        CopiedTable(
            "dispute_events",
            ids: ["dispute", "evidence"],
            numbers: ["number", "action", "actor_kind", "state", "at"],
            texts: ["actor", "note"]
        ),
        CopiedTable(
            "exception_cases",
            ids: ["payment", "proposal"],
            numbers: ["cause", "opened_at", "last_word", "decision", "proposed_at", "closed_at"],
            texts: ["refusal", "proposer", "note", "approver"]
        ),
    ]

    private static let memory = [
        CopiedTable(
            "idempotency",
            ids: ["fingerprint", "answer_id"],
            numbers: ["institution", "operation", "created_at", "answer_kind"],
            texts: ["key", "answer_text", "detail"]
        ),
        CopiedTable(
            "payers",
            ids: ["payer"],
            numbers: ["known_since", "new_payer_yen", "day", "day_yen", "day_payments"],
            bytes: ["purchases"]
        ),
        CopiedTable("shop_paces", ids: ["merchant"], numbers: ["day", "today", "usual_sixteenths"]),
        CopiedTable("audit_log", ids: ["id", "subject"], numbers: ["at", "act"], texts: ["person", "detail"]),
        CopiedTable("alerts", numbers: ["kind", "raised_at", "cleared_at", "times_raised"], texts: ["subject"]),
    ]

    private static let bakong = [
        CopiedTable("payment_hashes", ids: ["payment"], numbers: ["prefix"]),
        CopiedTable("code_notes", ids: ["code"], numbers: ["note"]),
        CopiedTable(
            "bakong_projects",
            numbers: ["id", "created_at", "standing"],
            texts: ["email", "organisation", "name"],
            bytes: ["code_digest"]
        ),
        CopiedTable("bakong_keys", numbers: ["number", "created_at"], bytes: ["secret"]),
        CopiedTable(
            "deep_links",
            ids: ["id"],
            numbers: ["expires_at"],
            texts: ["payload", "app_name", "icon_url", "callback"]
        ),
    ]

    private static let work = [
        CopiedTable(
            "messages",
            ids: ["id", "payment", "refund", "claim", "webhook"],
            numbers: ["kind", "destination", "event", "state", "created_at", "standing", "attempts", "due_at"]
        ),
        CopiedTable("timers", ids: ["payment"], numbers: ["kind", "due_at"]),
    ]

    /// The ends of holds come behind their openings: in the order of writing.
    private static let journal = [
        CopiedTable(
            "journal",
            ids: ["transaction_id"],
            numbers: ["position", "leg", "debit", "credit", "minor_units", "kind", "at"],
            order: ["position"]
        ),
        CopiedTable(
            "journal_groups",
            numbers: ["number", "first_position", "line_count", "committed_at"],
            bytes: ["digest"],
            order: ["number"]
        ),
    ]
}
