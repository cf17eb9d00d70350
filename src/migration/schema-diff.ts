import { run, runSync, type Work } from '../connection/both-modes.js'
import type { Connection } from '../connection/connection.js'
import { ambientTransaction } from '../connection/transactions/ambient-scope.js'
import { UnsupportedError } from '../errors.js'
import { modelMetaOf } from '../schema/model-registry.js'
import { compareSchemas, type SchemaDifference } from './compare-schemas.js'
import { readSchema } from './schema-info.js'
import { schemaOfModels } from './schema-of-models.js'

/** A class with `@Collection`. */
export type AnyModel = abstract new (...values: never[]) => object

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
 * Compares the database of a connection with what its models define. What the models do not define is `extra`, so give all of
 * them. Nothing in the database is changed, and no record is read.
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
 * DEFINE TABLE OVERWRITE company TYPE NORMAL SCHEMALESS PERMISSIONS NONE;
 * REMOVE FIELD IF EXISTS nick ON TABLE `user`
 * ```
 */
export async function schemaDiff(connection: Connection, models: readonly AnyModel[]): Promise<SchemaDiff> {
  return await run(diff(connection, models))
}

/** {@link schemaDiff}, blocking. */
export function schemaDiffSync(connection: Connection, models: readonly AnyModel[]): SchemaDiff {
  return runSync(diff(connection, models))
}

function* diff(connection: Connection, models: readonly AnyModel[]): Work<SchemaDiff> {
  if (ambientTransaction(connection)) {
    throw new UnsupportedError(
      'UNSUPPORTED_CALL',
      'schemaDiff() needs a scratch database, which a transaction would keep; call it outside of the transaction.',
    )
  }
  const metas = [...new Set(models.map(modelMetaOf))]
  const wanted = yield* schemaOfModels(connection, metas)
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
