import GRDB

/// The tables of a ledger's file.
enum LedgerSchema {
  /// "FLNF", in the field of an SQLite file that says whose it is.
  static let applicationID: Int64 = 0x464C_4E46
  static let version: Int64 = 2

  static let tables = [
    "block": "CREATE TABLE block (height INTEGER PRIMARY KEY, hash BLOB NOT NULL, header BLOB NOT NULL) STRICT",
    "signed_transaction":
      "CREATE TABLE signed_transaction (height INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL, "
      + "body BLOB NOT NULL, receipt BLOB NOT NULL, PRIMARY KEY (height, position)) STRICT, WITHOUT ROWID",
    "snapshot":
      "CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), height INTEGER NOT NULL, hash BLOB NOT NULL, "
      + "body BLOB NOT NULL) STRICT",
    "head":
      "CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), height INTEGER NOT NULL, hash BLOB NOT NULL) STRICT",
  ]

  /// Makes the tables in one transaction, in a file that has none.
  static func create(in database: Database) throws {
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(version)")
    for table in tables.sorted(by: { $0.key < $1.key }) { try database.execute(sql: table.value) }
  }

  /// Whether the file says that it is a ledger, and of which version; reads only.
  static func identity(in database: Database) throws -> (applicationID: Int64, version: Int64) {
    (
      applicationID: try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
      version: try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    )
  }

  /// What is wrong with the pages or the tables; `nil` when nothing is.
  ///
  /// A trigger or a view that was smuggled in counts: it could change what is read and written.
  static func damage(in database: Database) throws -> String? {
    let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
    // The line before the last says which database it is of.
    if verdict != "ok" { return verdict?.split(separator: "\n").last.map(String.init) ?? "its pages are not sound" }
    if let damage = try tableDamage(in: database) { return damage }

    let strays = try Int.fetchOne(
      database, sql: "SELECT count(*) FROM signed_transaction WHERE height NOT IN (SELECT height FROM block)")
    return strays == 0 ? nil : "it holds transactions of no block"
  }

  /// What is wrong with the tables' definitions, whatever stands in them.
  static func tableDamage(in database: Database) throws -> String? {
    let rows = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    var found: [String: String] = [:]
    for row in rows {
      guard let name = String.fromDatabaseValue(row[0]), let sql = String.fromDatabaseValue(row[1]) else {
        return "the list of tables cannot be read"
      }
      found[name] = sql
    }
    return found == tables ? nil : "its tables are not those of a ledger"
  }
}
