enum FieldCatalogue { static func title(of path: TagPath) -> String? { nil } }
