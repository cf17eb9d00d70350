import { NotSavedError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { StatefulDocument } from './document-state.js'
import type { Operation } from './operation.js'

/** Runs a write of a document while no other one is under way: two saves at once would create it twice. */
export function* exclusively<Result>(
  meta: ModelMeta,
  document: StatefulDocument,
  write: Operation<Result>,
): Operation<Result> {
  const state = StatefulDocument.stateOf(document)
  if (state.isDeleted)
    throw new NotSavedError('DOCUMENT_DELETED', `This ${meta.name} was deleted; make a new document to store it again.`)
  if (state.isWriting)
    throw new NotSavedError(
      'SAVE_IN_PROGRESS',
      `This ${meta.name} is being written; wait for that save() or delete() first.`,
    )
  state.isWriting = true
  try {
    return yield* write
  } finally {
    state.isWriting = false
  }
}
