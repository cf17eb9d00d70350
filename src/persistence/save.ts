import { DoesNotExistError, PermissionDeniedError, StaleDocumentError, UniqueViolationError } from '../errors.js'
import type { Foreseen } from '../connection/calls/executor.js'
import type { Change } from '../fields/field.js'
import { Findings } from '../fields/findings.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { bound, constant } from '../surrealql/nodes/expression.js'
import type { SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import type { UpdateStatement } from '../surrealql/nodes/write-statement.js'
import { randomRecordKey, toRecordId, type RecordId } from '../values.js'
import { automaticValues, expectedVersion } from './automatic-values.js'
import { bindingsOf } from './bindings-of.js'
import { collectChanges, databaseValues, presentValues } from './change-tracker.js'
import { fieldValues, StatefulDocument, type FieldValues } from './document-state.js'
import { exclusively } from './exclusive-write.js'
import { absorbRecord } from './hydrator.js'
import { existsById } from './load.js'
import { runHooks } from './run-hooks.js'
import { snapshotOf } from './snapshot.js'
import { execute, type Operation } from './operation.js'
import { validateFields, validateInto } from './validate-document.js'

/** Stores a document: one CREATE when it is new, one UPDATE of what changed when it is not, nothing when nothing changed. */
export function* save(meta: ModelMeta, document: StatefulDocument): Operation<void> {
  const wrote = yield* exclusively(meta, document, write(meta, document))
  if (wrote) yield* runHooks(meta, 'afterSave', document)
}

function* write(meta: ModelMeta, document: StatefulDocument): Operation<boolean> {
  yield* runHooks(meta, 'beforeSave', document)
  return StatefulDocument.stateOf(document).stored
    ? yield* updateRecord(meta, document)
    : yield* createRecord(meta, document)
}

function* createRecord(meta: ModelMeta, document: StatefulDocument): Operation<boolean> {
  yield* validateFields(meta, document)
  const { id } = StatefulDocument.stateOf(document)
  const sent = databaseValues(meta, document)
  const content = presentValues({ ...sent, ...automaticValues(meta, document) })
  // an id of our own making: should the channel break, the write can be told from one that was never carried out
  const target = { kind: 'records', records: id ?? toRecordId(meta.table, randomRecordKey())! } as const
  const stored: SelectStatement = { kind: 'select', projection: { kind: 'all' }, from: target, only: true }
  const take = (answer: unknown): void => {
    const record = meta.isRelation && Array.isArray(answer) ? (answer[0] as unknown) : answer
    if (isNothing(record))
      throw new PermissionDeniedError(`The database did not create this ${meta.name}: the signed-in user may not.`)
    absorbRecord(meta, document, { record, sent })
  }
  if (meta.isRelation && id) yield* refuseStored(meta, id)
  const record = yield* execute(
    meta.isRelation
      ? { kind: 'insert', table: meta.table, relation: true, rows: [{ ...content, id: target.records }] }
      : { kind: 'create', target, content },
    {
      snapshot: snapshotOf(meta, document),
      ...(!id && { ifExists: stored }),
      foreseen: { of: document, result: { ...content, id: target.records }, settled: take },
    },
  )
  take(record)
  return true
}

/** An edge that is there already is left as it is by the database, without a word. */
function* refuseStored(meta: ModelMeta, id: RecordId): Operation<void> {
  if (yield* existsById(meta, id)) {
    throw new UniqueViolationError('RECORD_EXISTS', `There is a ${meta.name} of this id already; nothing was written.`)
  }
}

function* updateRecord(meta: ModelMeta, document: StatefulDocument): Operation<boolean> {
  const update = yield* validatedUpdate(meta, document)
  if (!update) return false
  yield* updateColumns(meta, document, update)
  return true
}

/** What has to be written of a stored document, of these columns only where they are named; undefined when it is nothing. */
export function* validatedUpdate(
  meta: ModelMeta,
  document: StatefulDocument,
  only?: ReadonlySet<string>,
): Operation<Update | undefined> {
  const collect = (): readonly Change[] => {
    const changes = collectChanges(meta, document)
    return only ? changes.filter(({ path }) => only.has(path[0]!)) : changes
  }
  const changes = collect()
  if (changes.length === 0) return undefined
  const columns = new Set(changes.map(({ path }) => path[0]))
  const bindings = bindingsOf(meta, document, StatefulDocument.stateOf(document).stored ?? {})
  const changed = bindings.filter(({ column }) => columns.has(column))
  const findings = new Findings()
  const values = fieldValues(document)
  for (const { name, field } of changed) field.validateUpdate(values[name], [name], findings)
  yield* validateInto(findings, meta, { document, bindings: changed })
  // what validation made of the values
  const converted = collect()
  if (converted.length === 0) return undefined
  const sent = databaseValues(meta, document)
  if (!only) return { changes: converted, sent }
  // what is not written is not sent, so that it stays what it is in the document
  const { stored = {} } = StatefulDocument.stateOf(document)
  const kept = Object.keys(sent).map((column): [string, unknown] => [
    column,
    (only.has(column) ? sent : stored)[column],
  ])
  return { changes: converted, sent: Object.fromEntries(kept) }
}

/** What an update writes. */
export interface Update {
  readonly changes: readonly Change[]
  /** What the document held, by column: where it still does, it takes what the database made of it. */
  readonly sent: FieldValues
}

/** Writes columns of a stored record, and what every write sets by itself. */
export function* updateColumns(meta: ModelMeta, document: StatefulDocument, update: Update): Operation<void> {
  const { statement, foreseen } = updateStatement(meta, document, update)
  foreseen.settled(yield* execute(statement, { snapshot: snapshotOf(meta, document), foreseen }))
}

/** The statement of an update, and what is to be done with its answer. */
export function updateStatement(
  meta: ModelMeta,
  document: StatefulDocument,
  { changes, sent }: Update,
): { readonly statement: UpdateStatement; readonly foreseen: Foreseen } {
  const { id, stored } = StatefulDocument.stateOf(document)
  const automatic = automaticValues(meta, document)
  const written = [
    ...changes.filter(({ path }) => !(path[0]! in automatic)),
    ...Object.entries(automatic).map(([column, value]) => ({ path: [column], value })),
  ]
  const assignments = written.map(({ path, value }) => ({
    path,
    value: value === undefined ? constant('NONE') : bound(value),
  }))
  const target: Target = { kind: 'records', records: id }
  const where = expectedVersion(meta, document)
  const take = (record: unknown): void => {
    if (isNothing(record)) throw where ? stale(meta) : notUpdated(meta)
    absorbRecord(meta, document, { record, sent })
  }
  const kept = Object.entries(stored ?? {}).filter(([column]) => !(column in sent))
  const whole = written
    .filter(({ path }) => path.length === 1)
    .map(({ path, value }): [string, unknown] => [path[0]!, value])
  const result = { ...Object.fromEntries(kept), ...presentValues({ ...sent, ...Object.fromEntries(whole) }) }
  return {
    statement: { kind: 'update', only: true, target, assignments, ...(where && { where }), returning: 'after' },
    foreseen: { of: document, result, settled: take },
  }
}

function notUpdated({ name }: ModelMeta): DoesNotExistError {
  return new DoesNotExistError(
    `The database did not update this ${name}: the record is gone, or the signed-in user may not change it.`,
  )
}

/** The error of a write that did not find the version it expected. */
export function stale({ name }: ModelMeta): StaleDocumentError {
  return new StaleDocumentError(
    `This ${name} was changed or deleted by somebody else since it was loaded; nothing was written. Call refresh(), and make the change again.`,
  )
}

/** A server before 3 answers a write that matched nothing with an empty list. */
function isNothing(record: unknown): boolean {
  return record === undefined || record === null || (Array.isArray(record) && record.length === 0)
}
