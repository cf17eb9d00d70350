import { perform, type Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { escapeIdentifier } from '../surrealql/escape.js'

/** By INFO's word for a kind (`fields`, `analyzers`), then by name: definitions as the engine writes them. */
export type Definitions = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What INFO tells of a database. */
export interface SchemaInfo {
  /** What belongs to the database as a whole, tables among it. */
  readonly database: Definitions
  /** What belongs to each table. */
  readonly tables: ReadonlyMap<string, Definitions>
  /**
   * What defines a table or an access, by kind and name: INFO blacks out the keys of an access, and says nothing of
   * `FOR delete FULL`, so that what it gives would define something else.
   */
  readonly statements?: ReadonlyMap<string, string>
}

/** Runs queries on a connection. */
export function* ask(connection: Connection, query: string): Work<readonly unknown[]> {
  return yield* perform({ async: () => connection.query(query), sync: () => connection.querySync(query) })
}

/** What the database of the connection says of itself. */
export function* readSchema(connection: Connection): Work<SchemaInfo> {
  const [database] = (yield* ask(connection, 'INFO FOR DB')) as readonly [Definitions]
  const names = Object.keys(database['tables'] ?? {})
  const infos = names.length > 0 ? yield* ask(connection, infoForTables(names)) : []
  return { database, tables: byTable(names, infos) }
}

/** The statements that tell of tables, one each. */
export function infoForTables(names: readonly string[]): string {
  return names.map((name) => `INFO FOR TABLE ${escapeIdentifier(name)}`).join(';\n')
}

/** What those statements told. */
export function byTable(names: readonly string[], infos: readonly unknown[]): ReadonlyMap<string, Definitions> {
  return new Map(names.map((name, index) => [name, infos[index] as Definitions]))
}
