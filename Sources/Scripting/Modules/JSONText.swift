enum JSONText { static func pretty(_ value: LuaValue) -> String { "" } }
