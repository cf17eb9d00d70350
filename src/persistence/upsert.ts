import { BulkWriteError, LookupError, ValidationError } from '../errors.js'
import { defineIndexes } from '../schema/define-indexes.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { createMany, type NewRow } from './create-many.js'
import { StatefulDocument } from './document-state.js'
import type { Operation } from './operation.js'

/** Stores a new document, or sets its fields on the record of the same id, or of the same values of a unique index. */
export function* upsert(meta: ModelMeta, row: NewRow): Operation<StatefulDocument> {
  if (!StatefulDocument.stateOf(row.document).id && !namesRecord(meta, row.names)) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: upsert() needs an id, or all fields of a unique index, to know the record by.`,
    )
  }
  try {
    const { stored } = yield* createMany(meta, [row], { onConflict: 'update' })
    return stored[0]!
  } catch (error) {
    throw asOfOne(meta, error)
  }
}

/** One row has no place among others. */
function asOfOne(meta: ModelMeta, error: unknown): unknown {
  if (error instanceof BulkWriteError) return error.cause
  if (!(error instanceof ValidationError)) return error
  const issues = error.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) }))
  return new ValidationError(meta.name, issues)
}

/** Whether the fields are all those of a unique index. */
function namesRecord(meta: ModelMeta, names: readonly string[]): boolean {
  const columns = new Set(names.map((name) => meta.binding(name)?.column))
  return defineIndexes(meta, true).some(
    ({ index, fields }) => index.kind === 'unique' && fields.every(([first]) => columns.has(first as string)),
  )
}
