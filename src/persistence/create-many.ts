import { LookupError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { automaticValues } from './automatic-values.js'
import { databaseValues, presentValues } from './change-tracker.js'
import { StatefulDocument, type FieldValues } from './document-state.js'
import { absorbRecord } from './hydrator.js'
import { execute, type Operation } from './operation.js'
import { snapshotOf } from './snapshot.js'
import { validateFields } from './validate-document.js'

/** Stores many new documents, `batchSize` in each round trip; every one is validated before the first is sent. */
export function* createMany(
  meta: ModelMeta,
  documents: readonly StatefulDocument[],
  batchSize = 100,
): Operation<readonly StatefulDocument[]> {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new LookupError('INVALID_VALUE', `${meta.name}: batchSize is a whole number above 0.`)
  }
  for (const document of documents) yield* validateFields(meta, document)
  for (let begin = 0; begin < documents.length; begin += batchSize) {
    yield* createBatch(meta, documents.slice(begin, begin + batchSize))
  }
  return documents
}

function* createBatch(meta: ModelMeta, documents: readonly StatefulDocument[]): Operation<void> {
  const sent = documents.map((document) => databaseValues(meta, document))
  const rows = documents.map((document, index) =>
    withId(document, presentValues({ ...sent[index]!, ...automaticValues(meta, document) })),
  )
  const records = (yield* execute(
    { kind: 'insert', table: meta.table, rows, ...(meta.isRelation && { relation: true }) },
    { snapshot: snapshotOf(meta, ...documents) },
  )) as readonly unknown[]
  documents.forEach((document, index) => absorbRecord(meta, document, { record: records[index], sent: sent[index]! }))
}

function withId(document: StatefulDocument, row: FieldValues): FieldValues {
  const { id } = StatefulDocument.stateOf(document)
  return id ? { ...row, id } : row
}
