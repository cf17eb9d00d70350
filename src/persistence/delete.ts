import { DoesNotExistError, NotSavedError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { StatefulDocument } from './document-state.js'
import { exclusively } from './exclusive-write.js'
import { runHooks } from './run-hooks.js'
import { execute, type Operation } from './operation.js'
import { snapshotOf } from './snapshot.js'

/** Deletes the record of a document. */
export function* deleteDocument(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  yield* exclusively(meta, document, remove(meta, document))
  yield* runHooks(meta, 'afterDelete', document)
}

function* remove(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  const state = StatefulDocument.stateOf(document)
  if (!state.stored)
    throw new NotSavedError('NOT_SAVED', `This ${meta.name} was never saved; there is no record to delete.`)
  yield* runHooks(meta, 'beforeDelete', document)
  const check = (deleted: unknown): void => {
    if (deleted === true) return
    throw new DoesNotExistError(
      `The database did not delete this ${meta.name}: the record is gone, or the signed-in user may not delete it.`,
    )
  }
  const deleted = yield* execute(
    { kind: 'delete', only: true, target: { kind: 'records', records: state.id }, returning: 'marker' },
    { snapshot: snapshotOf(meta, document), foreseen: { of: document, result: true, settled: check } },
  )
  check(deleted)
  state.isDeleted = true
}
