import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaWeb

/// What the API's answers hold, read as a client reads them.
extension JSON {
    func money(_ name: String) throws(BankRefusal) -> Money {
        guard let member = self[name], let code = member.text(at: "currency"), let currency = Currency(code: code),
            let value = member.text(at: "value"), let money = try? Money(majorUnits: value, currency: currency)
        else { throw .noSense }
        return money
    }

    func id(_ name: String) throws(BankRefusal) -> UniqueID { try value(name) { UniqueID($0) } }

    func moment(_ name: String) throws(BankRefusal) -> Timestamp { try value(name) { Timestamp(rfc3339: $0) } }

    func currency(_ name: String) throws(BankRefusal) -> Currency { try value(name) { Currency(code: $0) } }

    func state(_ name: String) throws(BankRefusal) -> PaymentState {
        try value(name) { text in PaymentState.allCases.first { $0.name == text } }
    }

    func country(_ name: String) throws(BankRefusal) -> Country { try value(name) { Country(rawValue: $0) } }
}
