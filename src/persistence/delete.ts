import { DoesNotExistError, NotSavedError } from '../errors.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { expectedVersion } from './automatic-values.js'
import { StatefulDocument } from './document-state.js'
import { exclusively } from './exclusive-write.js'
import { runHooks } from './run-hooks.js'
import { stale, updateColumns } from './save.js'
import { execute, type Operation } from './operation.js'
import { snapshotOf } from './snapshot.js'
import { softDeletion } from './soft-deletion.js'

/** Deletes the record of a document, or marks it as deleted where the model does so. */
export function* deleteDocument(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  const { deletedAt } = meta.roles
  yield* exclusively(meta, document, deletedAt ? mark(meta, document, deletedAt) : remove(meta, document))
  yield* runHooks(meta, 'afterDelete', document)
}

/** Deletes the record of a document for good. */
export function* hardDelete(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  yield* exclusively(meta, document, remove(meta, document))
  yield* runHooks(meta, 'afterDelete', document)
}

/** Takes the mark of a deleted record from it; one that has none is left as it is. */
export function* restore(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  const { column } = softDeletion(meta)
  refuseNew(meta, document, 'restore')
  const stored = storedOf(document)
  if (stored[column] === undefined || stored[column] === null) return
  const changes = [{ path: [column], value: undefined }]
  yield* exclusively(meta, document, updateColumns(meta, document, { changes, sent: stored }))
}

function* mark(meta: ModelMeta, document: StatefulDocument, { column, field }: FieldBinding): Operation<void> {
  refuseNew(meta, document, 'delete')
  const stored = storedOf(document)
  if (stored[column] !== undefined && stored[column] !== null)
    throw new NotSavedError('DOCUMENT_DELETED', `This ${meta.name} is deleted already; restore() takes that back.`)
  yield* runHooks(meta, 'beforeDelete', document)
  const changes = [{ path: [column], value: field.toDatabase(new Date()) }]
  // what was changed and not saved stays in the document
  yield* updateColumns(meta, document, { changes, sent: stored })
}

function* remove(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  const state = StatefulDocument.stateOf(document)
  refuseNew(meta, document, 'delete')
  yield* runHooks(meta, 'beforeDelete', document)
  const where = expectedVersion(meta, document)
  const check = (deleted: unknown): void => {
    if (deleted === true) return
    throw where ? stale(meta) : notDeleted(meta)
  }
  const target = { kind: 'records', records: state.id } as const
  const deleted = yield* execute(
    { kind: 'delete', only: true, target, ...(where && { where }), returning: 'marker' },
    { snapshot: snapshotOf(meta, document), foreseen: { of: document, result: true, settled: check } },
  )
  check(deleted)
  state.isDeleted = true
}

function storedOf(document: StatefulDocument): Readonly<Record<string, unknown>> {
  return StatefulDocument.stateOf(document).stored ?? {}
}

function refuseNew({ name }: ModelMeta, document: StatefulDocument, verb: string): void {
  if (!StatefulDocument.stateOf(document).stored)
    throw new NotSavedError('NOT_SAVED', `This ${name} was never saved; there is no record to ${verb}.`)
}

function notDeleted({ name }: ModelMeta): DoesNotExistError {
  return new DoesNotExistError(
    `The database did not delete this ${name}: the record is gone, or the signed-in user may not delete it.`,
  )
}
