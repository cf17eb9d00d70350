import { run, runSync, type Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { UnsupportedError } from '../errors.js'
import { dialectFor } from '../surrealql/dialect.js'
import { readStructure } from './schema-structure.js'
import { writeModels } from './write-models.js'

/**
 * The database of a connection as TypeScript source: a decorated model for each table, and a constant for each analyzer,
 * function, parameter, sequence and access. Given to `defineTables`, they define what the database has. What no model can define
 * is in it as a comment that begins with `not written:`. No record is read.
 *
 * A user who may not ask the database for its schema gets a PermissionDeniedError; a server before version 3 is an UnsupportedError.
 *
 * @example
 * ```ts
 * const source = await inspectDatabase(connection)
 * ```
 * ```surql
 * INFO FOR DB;
 * INFO FOR DB STRUCTURE;
 * INFO FOR TABLE `user`;
 * INFO FOR TABLE `user` STRUCTURE
 * ```
 */
export async function inspectDatabase(connection: Connection): Promise<string> {
  return await run(inspect(connection))
}

/** {@link inspectDatabase}, blocking. */
export function inspectDatabaseSync(connection: Connection): string {
  return runSync(inspect(connection))
}

function* inspect(connection: Connection): Work<string> {
  if (!dialectFor(connection.serverVersion).definitions.noneType) {
    throw new UnsupportedError('UNSUPPORTED_VERSION', 'inspectDatabase() needs SurrealDB 3.0; older servers tell less.')
  }
  return writeModels(yield* readStructure(connection))
}
