import { LookupError, PermissionDeniedError, UniqueViolationError, type SurrealEngineError } from '../errors.js'
import type { StatementOutcome } from '../connection/calls/executor.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { binary, constant, idiom } from '../surrealql/nodes/expression.js'
import type { ConflictUpdate, InsertStatement } from '../surrealql/nodes/write-statement.js'
import { isPlainObject, randomRecordKey, RecordId, toRecordId } from '../values.js'
import { automaticValues } from './automatic-values.js'
import { batches, estimateBytes, ROUND_TRIP_BYTES } from './batches.js'
import { BulkReport, validateRows, type BulkRow } from './bulk-report.js'
import { databaseValues, presentValues } from './change-tracker.js'
import { conflictUpdate } from './conflict-update.js'
import { StatefulDocument, type FieldValues } from './document-state.js'
import { absorbRecord } from './hydrator.js'
import { Meanwhile } from './meanwhile.js'
import { execute, executeAll, executeEach, isInTransaction, type Operation } from './operation.js'
import { snapshotOf } from './snapshot.js'
import { validateFields } from './validate-document.js'

/** A new document, and the fields it was given. */
export interface NewRow extends BulkRow {
  readonly names: readonly string[]
}

/** How many new documents are stored. */
export interface CreateManyOptions {
  readonly batchSize?: number | undefined
  readonly onConflict?: 'error' | 'ignore' | 'update' | undefined
  readonly updateFields?: readonly string[] | undefined
  readonly atomic?: boolean | undefined
}

/** What was stored, and the places of the rows that were not because of a conflict. */
export interface CreatedMany {
  readonly stored: readonly StatefulDocument[]
  readonly ignored: readonly number[]
}

/** Rows in one INSERT. On an engine in memory its time grows with their square, and no engine gains by more. */
const INSERT_ROWS = 100
/** Rows in one round trip. */
const BATCH_SIZE = 500
/** How often a row is sent when another transaction is in its way. */
const ATTEMPTS = 5

/**
 * Stores many new documents: several INSERT statements in each round trip. Every document is validated before the first one
 * is sent. Where an INSERT is refused, its rows are sent one by one, so that only the wrong ones are not stored.
 */
export function* createMany(
  meta: ModelMeta,
  rows: readonly NewRow[],
  options: CreateManyOptions = {},
): Operation<CreatedMany> {
  const bulk = new BulkCreate(meta, options)
  yield* validateRows(meta, rows, ({ document }) => validateFields(meta, document))
  if (rows.length === 0) return { stored: [], ignored: [] }
  bulk.isInTransaction = yield* isInTransaction()
  const fresh = yield* bulk.withoutStoredEdges(rows)
  try {
    yield* bulk.send(fresh)
  } catch (error) {
    if (bulk.isInTransaction) throw error
    bulk.report.giveUp(rows, error)
  }
  return { stored: bulk.report.finish(), ignored: bulk.report.ignored }
}

/** A document in the form in which it is sent. */
interface SentRow extends BulkRow {
  /** What the document held, by column. */
  readonly sent: FieldValues
  readonly content: FieldValues
  readonly update: ConflictUpdate | undefined
  readonly bytes: number
}

/** The rows of one INSERT. */
type Insert = readonly SentRow[]

/** What goes in one round trip: some INSERTs. */
interface RoundTrip {
  readonly inserts: readonly Insert[]
  readonly statements: readonly InsertStatement[]
}

class BulkCreate {
  readonly report: BulkReport
  isInTransaction = false
  readonly #meta: ModelMeta
  readonly #options: CreateManyOptions
  readonly #batchSize: number

  constructor(meta: ModelMeta, options: CreateManyOptions) {
    this.#meta = meta
    this.#options = options
    checkConflict(meta, options)
    this.#batchSize = checkedSize(meta, options)
    this.report = new BulkReport(meta)
  }

  *send(rows: readonly NewRow[]): Operation<void> {
    if (rows.length === 0) return
    if (this.#options.atomic && !this.isInTransaction) yield* this.#sendAtomic([...this.#sentRows(rows)])
    else yield* this.#sendBatches(this.#roundTrips(rows))
  }

  *#roundTrips(rows: readonly NewRow[]): Generator<RoundTrip, undefined> {
    const limits = { count: this.#batchSize, bytes: ROUND_TRIP_BYTES, sizeOf: ({ bytes }: SentRow) => bytes }
    for (const batch of batches(this.#sentRows(rows), limits)) yield this.#roundTrip(this.#inserts(batch))
    return undefined
  }

  #roundTrip(inserts: readonly Insert[]): RoundTrip {
    return { inserts, statements: inserts.map((insert) => this.#statement(insert)) }
  }

  *#sentRows(rows: readonly NewRow[]): Generator<SentRow> {
    for (const row of rows) yield this.#sentRow(row)
  }

  #sentRow({ index, document, names }: NewRow): SentRow {
    const { onConflict, updateFields } = this.#options
    const sent = databaseValues(this.#meta, document)
    const automatic = automaticValues(this.#meta, document)
    const content = Object.assign(presentValues(sent), presentValues(automatic))
    const id = this.#idOf(document)
    if (id) content['id'] = id
    const update =
      onConflict === 'update' ? conflictUpdate(this.#meta, { names: updateFields ?? names, automatic }) : undefined
    return { index, document, sent, content, update, bytes: estimateBytes(content) }
  }

  /** Of what is ignored nothing comes back, so the others have to be known by their ids. */
  #idOf(document: StatefulDocument): RecordId | undefined {
    const { id } = StatefulDocument.stateOf(document)
    if (id || this.#options.onConflict !== 'ignore') return id
    return toRecordId(this.#meta.table, randomRecordKey())
  }

  /** The database takes an edge whose id is taken for stored, and leaves the one that is there as it is. */
  *withoutStoredEdges(rows: readonly NewRow[]): Operation<readonly NewRow[]> {
    const { isRelation } = this.#meta
    const ids = rows.flatMap(({ document }) => StatefulDocument.stateOf(document).id ?? [])
    if (!isRelation || ids.length === 0 || this.#options.onConflict === 'update') return rows
    const found = (yield* execute({
      kind: 'select',
      projection: { kind: 'value', value: idiom('id') },
      from: { kind: 'records', records: ids },
      where: binary(idiom('id'), '!=', constant('NONE')),
    })) as readonly RecordId[]
    const taken = new Set(found.map(String))
    return rows.filter((row) => {
      const { id } = StatefulDocument.stateOf(row.document)
      if (!id || !taken.has(String(id))) return true
      this.#takenEdge(row)
      return false
    })
  }

  #takenEdge(row: BulkRow): void {
    if (this.#options.onConflict === 'ignore') {
      this.report.ignore(row)
      return
    }
    const message = `There is a ${this.#meta.name} of this id already; it was left as it is.`
    const error = new UniqueViolationError('RECORD_EXISTS', message)
    if (this.isInTransaction || this.#options.atomic) throw error
    this.report.fail(row, error)
  }

  /** While the database works on one, what came of the one before is taken, and the next one is made. */
  *#sendBatches(roundTrips: Iterator<RoundTrip, undefined>): Operation<void> {
    let taking = new Meanwhile(() => {})
    try {
      let next = roundTrips.next().value
      while (next) {
        const [sent, before] = [next, taking]
        const meanwhile = new Meanwhile(() => {
          before.finish()
          return roundTrips.next().value
        })
        const outcomes = yield* this.#carry(sent, () => meanwhile.begin()?.statements)
        taking = new Meanwhile(() => this.#takeStored(sent, outcomes))
        if (outcomes.some((outcome) => 'error' in outcome)) yield* this.#sendAgain(sent, outcomes)
        next = meanwhile.finish()
      }
    } finally {
      taking.finish()
    }
  }

  *#carry(
    { inserts, statements }: RoundTrip,
    meanwhile: () => readonly InsertStatement[] | undefined,
  ): Operation<readonly StatementOutcome[]> {
    if (!this.isInTransaction) return yield* executeEach(statements, { meanwhile })
    const documents = inserts.flat().map(({ document }) => document)
    const answers = yield* executeAll(statements, { meanwhile, snapshot: snapshotOf(this.#meta, ...documents) })
    return answers.map((value) => ({ value }))
  }

  #takeStored({ inserts }: RoundTrip, outcomes: readonly StatementOutcome[]): void {
    inserts.forEach((insert, index) => {
      const outcome = outcomes[index]!
      if ('value' in outcome) this.#take(insert, outcome.value as readonly unknown[])
    })
  }

  /** One by one what was refused, and again what another transaction was in the way of. */
  *#sendAgain(sent: RoundTrip, outcomes: readonly StatementOutcome[]): Operation<void> {
    let [{ inserts }, came] = [sent, outcomes]
    for (let attempt = 1; ; attempt++) {
      const refused = inserts.filter((insert, index) => this.#isToSendAgain(insert, came[index]!, attempt))
      if (refused.length === 0) return
      const again = this.#roundTrip(refused.flatMap((insert) => insert.map((row) => [row])))
      inserts = again.inserts
      came = yield* executeEach(again.statements)
      this.#takeStored(again, came)
    }
  }

  /** A statement for each row: the one that fails says which row it is, and many small ones are quick on every engine. */
  *#sendAtomic(rows: Insert): Operation<void> {
    const sent = this.#roundTrip(rows.map((row) => [row]))
    const outcomes = yield* executeEach(sent.statements, { atomic: true })
    const failed = outcomes.findIndex((outcome) => 'error' in outcome && !outcome.isConsequence)
    const isFailed = failed >= 0 || outcomes.some((outcome) => 'error' in outcome)
    if (!isFailed) this.#takeStored(sent, outcomes)
    else
      this.report.fail(
        rows[Math.max(failed, 0)]!,
        (outcomes[Math.max(failed, 0)] as { error: SurrealEngineError }).error,
      )
  }

  /** Whether the rows of a statement are to be sent again; the one that failed for good is reported. */
  #isToSendAgain(insert: Insert, outcome: StatementOutcome, attempt: number): boolean {
    if ('value' in outcome) return false
    if (insert.length > 1 || (outcome.error.isRetryable && attempt < ATTEMPTS)) return true
    this.report.fail(insert[0]!, outcome.error)
    return false
  }

  #take(insert: Insert, records: readonly unknown[]): void {
    const found = records.length === insert.length ? records : recordsById(insert, records)
    insert.forEach((row, index) => this.#takeRow(row, found[index]))
  }

  #takeRow(row: SentRow, record: unknown): void {
    if (record !== undefined) {
      absorbRecord(this.#meta, row.document, { record, sent: row.sent })
      this.report.store(row)
    } else if (this.#options.onConflict === 'ignore') this.report.ignore(row)
    else {
      const message = `The database did not create this ${this.#meta.name}, or does not show it: the signed-in user may not.`
      this.report.fail(row, new PermissionDeniedError(message))
    }
  }

  /** Rows that change the same columns of what is there already go into one statement. */
  #inserts(rows: Insert): readonly Insert[] {
    if (this.#options.onConflict !== 'update') return [...batches(rows, INSERT_LIMITS)]
    const groups = new Map<string, SentRow[]>()
    for (const row of rows) {
      const columns = JSON.stringify(row.update!.take)
      const group = groups.get(columns)
      if (group) group.push(row)
      else groups.set(columns, [row])
    }
    return [...groups.values()].flatMap((group) => [...batches(group, INSERT_LIMITS)])
  }

  #statement(insert: Insert): InsertStatement {
    const { table, isRelation } = this.#meta
    const rows = insert.map(({ content }) => content)
    const onConflict = this.#options.onConflict === 'ignore' ? 'ignore' : insert[0]!.update
    return { kind: 'insert', table, rows, ...(isRelation && { relation: true }), ...(onConflict && { onConflict }) }
  }
}

const INSERT_LIMITS = { count: INSERT_ROWS, bytes: Infinity, sizeOf: () => 0 }

/** The record of each row that has one; where rows have no ids of their own it cannot be told. */
function recordsById(insert: Insert, records: readonly unknown[]): readonly unknown[] {
  const byId = new Map(records.map((record) => [isPlainObject(record) ? idText(record) : undefined, record]))
  return insert.map(({ content }) => {
    const text = idText(content)
    return text === undefined ? undefined : byId.get(text)
  })
}

function idText({ id }: FieldValues): string | undefined {
  return id instanceof RecordId ? String(id) : undefined
}

function checkConflict({ name }: ModelMeta, { onConflict = 'error' }: CreateManyOptions): void {
  if (['error', 'ignore', 'update'].includes(onConflict)) return
  throw new LookupError('INVALID_VALUE', `${name}: bulkCreate() takes onConflict: 'error', 'ignore' or 'update'.`)
}

function checkedSize({ name }: ModelMeta, { batchSize = BATCH_SIZE }: CreateManyOptions): number {
  if (Number.isSafeInteger(batchSize) && batchSize > 0) return batchSize
  throw new LookupError('INVALID_VALUE', `${name}: batchSize is a whole number above 0.`)
}
