import { perform, type Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { escapeIdentifier } from '../surrealql/escape.js'
import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor, type Dialect } from '../surrealql/dialect.js'
import { DefinedObject } from '../schema/defined-object.js'
import { defineStatements, type Definable } from '../schema/define-statements.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { randomRecordKey } from '../values.js'
import { ask, byTable, infoForTables, type Definitions, type SchemaInfo } from './schema-info.js'

/**
 * What a database says of itself that holds these models and nothing else. It is asked of an empty database of the same
 * server: only the engine knows how the engine writes a definition.
 *
 * All of it is one query. What `USE` chooses holds to the end of its query, so no other call of the connection ever sees
 * the scratch database. The definitions are a transaction of their own, so that a `USE` that failed keeps them from running
 * in the user's database; whatever fails in it does not keep the last statement, which removes the scratch database, from running.
 */
export function* schemaOfModels(connection: Connection, definables: readonly Definable[]): Work<SchemaInfo> {
  const scratch = escapeIdentifier(`surrealengine_scratch_${randomRecordKey()}`)
  const remove = `REMOVE DATABASE IF EXISTS ${scratch}`
  const models = definables.filter((each): each is ModelMeta => !(each instanceof DefinedObject))
  const names = [...new Set(models.map(({ table }) => table))]
  const dialect = dialectFor(connection.serverVersion)
  const { query } = compile(defineStatements(definables), dialect)
  const questions = ['INFO FOR DB', infoForTables(names)]
  const parts = [`DEFINE DATABASE ${scratch}`, 'BEGIN', `USE DB ${scratch}`, query, ...questions, 'COMMIT', remove]
  try {
    const results = yield* ask(connection, parts.filter((part) => part !== '').join(';\n'))
    // behind them are those of COMMIT and of the removal
    const infos = results.slice(-names.length - 3, -2)
    return {
      database: infos[0] as Definitions,
      tables: byTable(names, infos.slice(1)),
      statements: ownStatements(definables, dialect),
    }
  } catch (error) {
    yield* tryTo(connection, remove)
    throw error
  }
}

function ownStatements(definables: readonly Definable[], dialect: Dialect): ReadonlyMap<string, string> {
  const own = new Map<string, string>()
  for (const statement of defineStatements(definables, { overwrite: true })) {
    if (statement.kind === 'define-table') own.set(`table ${statement.table}`, compile(statement, dialect).query)
    if (statement.kind === 'define-access') own.set(`access ${statement.name}`, compile(statement, dialect).query)
  }
  return own
}

/** Runs a query whose failure is nothing beside the error that made it necessary. */
function* tryTo(connection: Connection, query: string): Work<void> {
  yield* perform({
    async: async () => void (await connection.query(query).catch(() => undefined)),
    sync: () => {
      try {
        connection.querySync(query)
      } catch {
        // the first error is the one to tell
      }
    },
  })
}
