import { currentConnection } from '../connection/current-connection.js'
import { ModelDefinitionError } from '../errors.js'
import { defineTables as defineAll } from '../persistence/define-tables.js'
import { runOperation, runOperationSync, type ChooseExecutor } from '../persistence/run-operation.js'
import { DefinedObject } from '../schema/defined-object.js'
import type { Definable, DefineOptions } from '../schema/define-statements.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { toDefinable } from '../schema/to-definable.js'
import type { ModelLike } from '../schema/table-options.js'
import type { OperationOptions } from './document-types.js'

/** How definitions are applied, and where. */
export interface DefineTablesOptions extends OperationOptions, DefineOptions {}

/**
 * Defines models, and what else the database is to have (analyzers, functions, parameters, sequences, accesses), in one round
 * trip: whatever order they are given in, each is defined after what it needs. May be run again: what is the same stays.
 * A class without `@Collection`, or models of different connections, is a ModelDefinitionError; what the server cannot define is an UnsupportedError.
 *
 * @example
 * ```ts
 * import { Collection, createConnection, defineTables, Document, Sequence, StringField } from 'surrealengine'
 *
 * @Collection('define_tables_example')
 * class Person extends Document<Person>() {
 *   @StringField() name?: string
 * }
 * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
 * await defineTables([Person, new Sequence('person_number')])
 * await connection.close()
 * ```
 * ```surql
 * DEFINE SEQUENCE IF NOT EXISTS `person_number`;
 * DEFINE TABLE OVERWRITE `define_tables_example` TYPE NORMAL SCHEMALESS;
 * DEFINE FIELD OVERWRITE `name` ON `define_tables_example` TYPE none | null | string
 * ```
 */
export async function defineTables(
  definitions: readonly (ModelLike | DefinedObject)[],
  options?: DefineTablesOptions,
): Promise<void> {
  const definables = definitions.map(toDefinable)
  await runOperation(choose(definables, options), defineAll(definables, options))
}

/** {@link defineTables}, blocking. */
export function defineTablesSync(
  definitions: readonly (ModelLike | DefinedObject)[],
  options?: DefineTablesOptions,
): void {
  const definables = definitions.map(toDefinable)
  runOperationSync(choose(definables, options), defineAll(definables, options))
}

function choose(definables: readonly Definable[], options: DefineTablesOptions | undefined): ChooseExecutor {
  const explicit = options?.connection
  return () => currentConnection({ explicit, model: explicit === undefined ? ownConnection(definables) : undefined })
}

/** The connection that the models name: all of them the same, as one round trip goes to one database. */
function ownConnection(definables: readonly Definable[]): string | undefined {
  const models = definables.filter((each): each is ModelMeta => !(each instanceof DefinedObject))
  const [first, ...others] = new Set(models.map((meta) => meta.options.connection))
  if (others.length === 0) return first
  throw new ModelDefinitionError(
    'INVALID_DEFINITION',
    'The models to define use different connections; define those of each by themselves, or give the connection.',
  )
}
