extension Problem {
    package init(_ fault: JSONFault) { self.init(.malformedJSON, fault.detail) }
}
