import { defineStatements } from '../schema/define-statements.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { executeAll, type Operation } from './operation.js'

/** Defines the table of a model in the database; may be run again. */
export function* defineTable(meta: ModelMeta): Operation<void> {
  yield* executeAll(defineStatements(meta))
}
