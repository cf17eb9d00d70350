import { LookupError, NotSavedError, SurrealEngineError } from '../errors.js'
import type { Foreseen } from '../connection/calls/executor.js'
import { unknownField } from '../query/parse-filter.js'
import type { ModelMeta } from '../schema/model-meta.js'
import type { UpdateStatement } from '../surrealql/nodes/write-statement.js'
import { batches, estimateBytes, ROUND_TRIP_BYTES } from './batches.js'
import { BulkReport, validateRows, type BulkRow } from './bulk-report.js'
import { StatefulDocument } from './document-state.js'
import { executeAll, executeEach, isInTransaction, type Operation } from './operation.js'
import { updateStatement, validatedUpdate } from './save.js'
import { snapshotOf } from './snapshot.js'

/** Documents in one round trip. */
const BATCH_SIZE = 1000

/** A document that has changed, and how that is written. */
interface ChangedRow extends BulkRow {
  readonly statement: UpdateStatement
  readonly foreseen: Foreseen
}

/** Saves what changed of many loaded documents, of these fields only where they are named; the number of records. */
export function* bulkUpdate(meta: ModelMeta, given: unknown, names?: readonly string[]): Operation<number> {
  const rows = rowsOf(meta, given)
  const changed: ChangedRow[] = []
  const only = names && columnsOf(meta, names)
  yield* validateRows(meta, rows, function* ({ index, document }) {
    const update = yield* validatedUpdate(meta, document, only)
    if (update) changed.push({ index, document, ...updateStatement(meta, document, update) })
  })
  if (changed.length === 0) return 0
  const inTransaction = yield* isInTransaction()
  const report = new BulkReport(meta)
  for (const { document } of changed) StatefulDocument.stateOf(document).isWriting = true
  try {
    yield* writeAll(report, changed, inTransaction)
  } catch (error) {
    if (inTransaction) throw error
    report.giveUp(changed, error)
  } finally {
    for (const { document } of changed) StatefulDocument.stateOf(document).isWriting = false
  }
  return report.finish().length
}

function* writeAll(report: BulkReport, changed: readonly ChangedRow[], inTransaction: boolean): Operation<void> {
  for (const batch of batches(changed, { count: BATCH_SIZE, bytes: ROUND_TRIP_BYTES, sizeOf })) {
    yield* inTransaction ? writeInTransaction(report, batch) : writeEach(report, batch)
  }
}

/** Each stands alone: what is refused of one is not the loss of the others. */
function* writeEach(report: BulkReport, batch: readonly ChangedRow[]): Operation<void> {
  const outcomes = yield* executeEach(batch.map(({ statement }) => statement))
  batch.forEach((row, index) => {
    const outcome = outcomes[index]!
    if ('error' in outcome) report.fail(row, outcome.error)
    else settle(report, row, outcome.value)
  })
}

function settle(report: BulkReport, row: ChangedRow, answer: unknown): void {
  try {
    row.foreseen.settled(answer)
    report.store(row)
  } catch (error) {
    if (!(error instanceof SurrealEngineError)) throw error
    report.fail(row, error)
  }
}

function* writeInTransaction(report: BulkReport, batch: readonly ChangedRow[]): Operation<void> {
  const snapshot = snapshotOf(report.meta, ...batch.map(({ document }) => document))
  const answers = yield* executeAll(
    batch.map(({ statement }) => statement),
    { snapshot },
  )
  batch.forEach((row, index) => {
    row.foreseen.settled(answers[index])
    report.store(row)
  })
}

function rowsOf(meta: ModelMeta, given: unknown): readonly BulkRow[] {
  if (!Array.isArray(given))
    throw new LookupError('INVALID_VALUE', `${meta.name}: bulkUpdate() takes a list of documents.`)
  const documents: readonly unknown[] = given
  const rows = documents.map((document, index) => ({ index, document: checked(meta, document, index) }))
  return [...new Map(rows.map((row) => [row.document, row])).values()]
}

function checked({ name, table }: ModelMeta, document: unknown, index: number): StatefulDocument {
  if (!(document instanceof StatefulDocument)) {
    throw new LookupError('INVALID_VALUE', `${name}: bulkUpdate() takes documents; number ${index} is none.`)
  }
  const { stored, id, isDeleted, isWriting } = StatefulDocument.stateOf(document)
  if (isDeleted) throw new NotSavedError('DOCUMENT_DELETED', `${name}: document ${index} was deleted.`)
  if (!stored)
    throw new NotSavedError('NOT_SAVED', `${name}: document ${index} was never saved; use bulkCreate() for it.`)
  if (isWriting) throw new NotSavedError('SAVE_IN_PROGRESS', `${name}: document ${index} is being written.`)
  if (id?.table.name === table) return document
  throw new LookupError('INVALID_VALUE', `${name}: document ${index} is of another table.`)
}

function columnsOf(meta: ModelMeta, names: readonly string[]): ReadonlySet<string> {
  const columns = names.map((name) => {
    const binding = meta.binding(name)
    if (!binding || binding === meta.id) throw unknownField(meta, name)
    return binding.column
  })
  return new Set(columns)
}

function sizeOf({ statement: { assignments } }: ChangedRow): number {
  return assignments.reduce((total, { value }) => total + (value.kind === 'value' ? estimateBytes(value.value) : 9), 99)
}
