import type { ModelMeta } from '../schema/model-meta.js'
import { bindingsOf } from './bindings-of.js'
import { databaseValues } from './change-tracker.js'
import { fieldValues, StatefulDocument } from './document-state.js'
import type { Snapshot } from './operation.js'

/** The state of documents before a write, for a transaction that may not be committed. */
export function snapshotOf(meta: ModelMeta, ...documents: readonly StatefulDocument[]): Snapshot {
  return () => {
    const restores = documents.map((document) => takeSnapshot(meta, document))
    return () => restores.forEach((restore) => restore())
  }
}

function takeSnapshot(meta: ModelMeta, document: StatefulDocument): () => void {
  const state = StatefulDocument.stateOf(document)
  const { id, stored, isDeleted } = state
  // the database's form is a copy, which later changes of a list or an object do not reach
  const columns = databaseValues(meta, document)
  return () => {
    const values = fieldValues(document)
    for (const { name, column, field } of bindingsOf(meta, document, columns)) {
      if (!field.isUnchanged(values[name], columns[column])) values[name] = field.fromDatabase(columns[column])
    }
    Object.assign(state, { id, stored, isDeleted })
  }
}
