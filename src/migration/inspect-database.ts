import { run, runSync, type Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { readSchema } from './schema-info.js'
import { writeModels } from './write-models.js'

/**
 * The database of a connection as TypeScript source: a decorated model for each table, which defines what the database has.
 * What no decorator can say is in it as a comment that begins with `not written:`. No record is read.
 *
 * A user who may not ask the database for its schema gets a PermissionDeniedError.
 *
 * @example
 * ```ts
 * const source = await inspectDatabase(connection)
 * ```
 * ```surql
 * INFO FOR DB;
 * INFO FOR TABLE `user`
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
  return writeModels(yield* readSchema(connection))
}
