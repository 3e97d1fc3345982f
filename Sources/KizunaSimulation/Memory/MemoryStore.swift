package import KizunaMoney
import KizunaPayments
package import KizunaSwitch
import Synchronization

/// Everything in memory, under the same promises as on disk: for tests and simulations.
///
/// Nothing here depends on the order of a dictionary, so that a run from a seed comes out the same every time.
package final class MemoryStore: Store {
    private let records = Mutex(MemoryRecords())
    private let digester: any Digester

    package init(digester: any Digester) { self.digester = digester }

    /// One on which rounding has left something before it is used for the first time.
    init(digester: any Digester, rests: [RoundingRest]) {
        self.digester = digester
        records.withLock { records in for rest in rests { records.roundingRests[rest.key] = rest } }
    }

    package func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        records.withLock { records in
            for key in keys { records.load(key, into: &transaction) }
        }
    }

    package func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        try records.withLock { records throws(StoreError) in
            try records.check(transaction)
            records.apply(transaction, at: now, using: digester)
        }
    }

    package func mark(_ environment: Environment) {
        records.withLock { if $0.environment == nil { $0.environment = environment } }
    }

    /// Nothing is written before the commit, so there is nothing to take back.
    package func abandon() {}

    package func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        // A copy shares its storage until the next commit; the body runs after the lock.
        let moment = records.withLock { $0 }
        return try body(MemoryReader(records: moment, digester: digester))
    }

    /// Changes records behind the rules' back, to see whether an audit notices.
    func tamper(_ body: (inout MemoryRecords) -> Void) { records.withLock { body(&$0) } }
}
