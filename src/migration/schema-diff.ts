import { run, runSync, type Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { ambientTransaction } from '../connection/transactions/ambient-scope.js'
import { UnsupportedError } from '../errors.js'
import type { DefinedObject } from '../schema/defined-object.js'
import { toDefinable } from '../schema/to-definable.js'
import type { ModelLike } from '../schema/table-options.js'
import { compareSchemas, type SchemaDifference } from './compare-schemas.js'
import { readSchema } from './schema-info.js'
import { schemaOfModels } from './schema-of-models.js'

/** What a database lacks, has besides, or has otherwise than the models want it. */
export interface SchemaDiff {
  /** In the order in which their statements can be run; empty when there is nothing to do. */
  readonly differences: readonly SchemaDifference[]
  /** The statements of all differences that lose no data. */
  readonly apply: string
  /** The statements of all differences. */
  readonly applyAll: string
}

/**
 * Compares the database of a connection with what its models define, and what else it is to have: what `defineTables` takes. What
 * is not given is `extra`, so give all of it. Nothing in the database is changed, and no record is read.
 *
 * The definitions are run in an empty scratch database of the same namespace, which is removed at once; so the user has to be
 * one of the namespace or root, and another is a PermissionDeniedError. Within a transaction it is an UnsupportedError.
 *
 * @example
 * ```ts
 * const { differences, apply } = await schemaDiff(connection, [User, Company])
 * for (const { change, kind, name, losesData } of differences) console.log(change, kind, name, losesData)
 * if (apply) await connection.query(apply)
 * ```
 * ```surql
 * DEFINE TABLE OVERWRITE `company` TYPE NORMAL SCHEMALESS;
 * REMOVE FIELD IF EXISTS nick ON TABLE `user`
 * ```
 */
export async function schemaDiff(
  connection: Connection,
  definitions: readonly (ModelLike | DefinedObject)[],
): Promise<SchemaDiff> {
  return await run(diff(connection, definitions))
}

/** {@link schemaDiff}, blocking. */
export function schemaDiffSync(
  connection: Connection,
  definitions: readonly (ModelLike | DefinedObject)[],
): SchemaDiff {
  return runSync(diff(connection, definitions))
}

function* diff(connection: Connection, definitions: readonly (ModelLike | DefinedObject)[]): Work<SchemaDiff> {
  if (ambientTransaction(connection)) {
    throw new UnsupportedError(
      'UNSUPPORTED_CALL',
      'schemaDiff() needs a scratch database, which a transaction would keep; call it outside of the transaction.',
    )
  }
  const wanted = yield* schemaOfModels(connection, definitions.map(toDefinable))
  const differences = compareSchemas(yield* readSchema(connection), wanted)
  return {
    differences,
    apply: textOf(differences.filter(({ losesData }) => !losesData)),
    applyAll: textOf(differences),
  }
}

/** One statement may settle several differences. */
function textOf(differences: readonly SchemaDifference[]): string {
  return [...new Set(differences.map(({ statement }) => statement))].join(';\n')
}
