import KizunaPayments

extension Migration {
    /// Recalls and disputes of payments, with their history and evidence.
    ///
    /// What is open about a payment is read from the claims themselves: a recall is open in the states 1 and 2, a dispute
    /// in all but 3 and 6. Files are apart from what is said of them, so that reading a case does not pass over them.
    static let claims = """
        CREATE TABLE kizuna.recalls (
            id uuid PRIMARY KEY,
            payment uuid NOT NULL REFERENCES kizuna.payments,
            issuer int4 NOT NULL REFERENCES kizuna.participants,
            acquirer int4 NOT NULL REFERENCES kizuna.participants,
            reason text NOT NULL,
            currency int2 NOT NULL,
            amount int8 NOT NULL CHECK (amount > 0),
            requested_at int8 NOT NULL,
            answer_due_at int8 NOT NULL,
            state int2 NOT NULL CHECK (state BETWEEN 1 AND 5),
            changed_at int8 NOT NULL,
            refusal text,
            refund uuid REFERENCES kizuna.refunds,
            freeze_due_at int8,
            freeze_state int2 CHECK (freeze_state BETWEEN 1 AND 4),
            frozen_amount int8 CHECK (frozen_amount BETWEEN 1 AND amount),
            freeze_reported_at int8,
            CHECK ((freeze_due_at IS NULL) = (freeze_state IS NULL)),
            CHECK ((frozen_amount IS NOT NULL) = (freeze_state IS NOT DISTINCT FROM 2))
        );
        CREATE UNIQUE INDEX recalls_one_open_of_a_payment ON kizuna.recalls (payment) WHERE state <= 2;
        CREATE INDEX recalls_of_payments ON kizuna.recalls (payment, id);
        CREATE INDEX recalls_of_issuers ON kizuna.recalls (issuer, id);
        CREATE INDEX recalls_of_acquirers ON kizuna.recalls (acquirer, id);

        CREATE TABLE kizuna.disputes (
            id uuid PRIMARY KEY,
            payment uuid NOT NULL REFERENCES kizuna.payments,
            issuer int4 NOT NULL REFERENCES kizuna.participants,
            acquirer int4 NOT NULL REFERENCES kizuna.participants,
            opened_by int2 NOT NULL CHECK (opened_by IN (1, 2)),
            reason text NOT NULL,
            currency int2 NOT NULL,
            amount int8 NOT NULL CHECK (amount > 0),
            opened_at int8 NOT NULL,
            answer_due_at int8 NOT NULL,
            state int2 NOT NULL CHECK (state BETWEEN 1 AND 6),
            changed_at int8 NOT NULL,
            due_at int8,
            refund uuid REFERENCES kizuna.refunds,
            event_count int8 NOT NULL CHECK (event_count > 0),
            evidence_count int8 NOT NULL CHECK (evidence_count BETWEEN 0 AND \(Dispute.mostEvidence)),
            evidence_requests int8 NOT NULL CHECK (evidence_requests >= 0)
        );
        CREATE UNIQUE INDEX disputes_one_open_of_a_payment ON kizuna.disputes (payment) WHERE state NOT IN (3, 6);
        CREATE INDEX disputes_of_payments ON kizuna.disputes (payment, id);
        CREATE INDEX disputes_of_issuers ON kizuna.disputes (issuer, id);
        CREATE INDEX disputes_of_acquirers ON kizuna.disputes (acquirer, id);

        CREATE TABLE kizuna.evidence (
            id uuid PRIMARY KEY,
            dispute uuid NOT NULL REFERENCES kizuna.disputes,
            side int2 NOT NULL CHECK (side IN (1, 2)),
            media_type int2 NOT NULL CHECK (media_type BETWEEN 1 AND 4),
            byte_count int8 NOT NULL CHECK (byte_count BETWEEN 1 AND \(Evidence.largestBytes)),
            digest bytea NOT NULL CHECK (length(digest) = 32),
            added_at int8 NOT NULL
        );
        CREATE INDEX evidence_of_disputes ON kizuna.evidence (dispute, id);
        CREATE TRIGGER evidence_is_not_changed BEFORE UPDATE ON kizuna.evidence
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('evidence never changes');

        CREATE TABLE kizuna.dispute_events (
            dispute uuid NOT NULL REFERENCES kizuna.disputes,
            number int4 NOT NULL CHECK (number > 0),
            action int2 NOT NULL CHECK (action > 0),
            actor_kind int2 NOT NULL CHECK (actor_kind BETWEEN 1 AND 3),
            actor text,
            state int2 NOT NULL CHECK (state BETWEEN 1 AND 6),
            at int8 NOT NULL,
            note text,
            evidence uuid REFERENCES kizuna.evidence,
            PRIMARY KEY (dispute, number)
        );
        CREATE TRIGGER dispute_events_are_only_added_to BEFORE UPDATE OR DELETE ON kizuna.dispute_events
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a history is only added to');

        CREATE TABLE kizuna.evidence_files (
            evidence uuid PRIMARY KEY REFERENCES kizuna.evidence,
            bytes bytea NOT NULL
        );
        CREATE TRIGGER evidence_files_are_not_changed BEFORE UPDATE ON kizuna.evidence_files
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('evidence never changes');
        CREATE FUNCTION kizuna.check_file() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF length(NEW.bytes) IS DISTINCT FROM (SELECT byte_count FROM kizuna.evidence WHERE id = NEW.evidence) THEN
                RAISE EXCEPTION 'a file is as long as it says' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER evidence_files_are_as_long_as_they_say BEFORE INSERT ON kizuna.evidence_files
        FOR EACH ROW EXECUTE FUNCTION kizuna.check_file();

        -- Payments that people look at. Whoever proposes is not who approves: the database sees to that too.
        CREATE TABLE kizuna.exception_cases (
            payment uuid PRIMARY KEY REFERENCES kizuna.payments,
            cause int2 NOT NULL CHECK (cause > 0),
            opened_at int8 NOT NULL,
            last_word int2,
            refusal text,
            proposal uuid,
            decision int2 CHECK (decision IN (1, 2)),
            proposer text,
            proposed_at int8,
            note text,
            approver text CHECK (approver <> proposer),
            closed_at int8,
            CHECK ((proposal IS NULL) = (decision IS NULL) AND (proposal IS NULL) = (proposer IS NULL)
                AND (proposal IS NULL) = (proposed_at IS NULL) AND (proposal IS NULL) = (note IS NULL)),
            CHECK ((approver IS NULL) = (closed_at IS NULL) AND (approver IS NULL OR proposal IS NOT NULL))
        );
        CREATE INDEX exception_cases_that_are_open ON kizuna.exception_cases (payment) WHERE closed_at IS NULL;
        """
}
