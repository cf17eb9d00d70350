import { defineStatements, type Definable, type DefineOptions } from '../schema/define-statements.js'
import { executeAll, type Operation } from './operation.js'

/** Defines all of it in the database, in one round trip; may be run again. */
export function* defineTables(definables: readonly Definable[], options?: DefineOptions): Operation<void> {
  const statements = defineStatements(definables, options)
  if (statements.length > 0) yield* executeAll(statements)
}
