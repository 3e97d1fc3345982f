extension ConsumerCode {
    /// The facts of a consumer-presented code: tags and values in hexadecimal.
    var facts: QRFacts {
        var facts = QRFacts()
        facts.add("format", format.rawValue)
        facts.add("applications", .list(applications.map { .fields($0.facts) }))
        if let common { facts.add("common", .fields(common.facts)) }
        if !others.isEmpty { facts.add("otherRoot", .fields(Self.facts(of: others))) }
        return facts
    }

    fileprivate static func facts(of objects: [BERObject]) -> QRFacts {
        var facts = QRFacts()
        for object in objects { facts.add(object.tagText, hexadecimalText(object.value)) }
        return facts
    }
}

extension ConsumerTemplate {
    fileprivate var facts: QRFacts {
        var facts = ConsumerCode.facts(of: objects)
        if let transparent {
            facts.add(
                TagPath(transparentTag, notation: .hexadecimal).description,
                .fields(ConsumerCode.facts(of: transparent))
            )
        }
        return facts
    }
}
