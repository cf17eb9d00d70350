import { DoesNotExistError, PermissionDeniedError, ValidationError } from '../errors.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { bound, constant } from '../surrealql/nodes/expression.js'
import type { SelectStatement, Target } from '../surrealql/nodes/select-statement.js'
import { randomRecordKey, toRecordId } from '../values.js'
import { collectChanges, databaseValues, presentValues } from './change-tracker.js'
import { StatefulDocument } from './document-state.js'
import { exclusively } from './exclusive-write.js'
import { absorbRecord } from './hydrator.js'
import { runHooks } from './run-hooks.js'
import { snapshotOf } from './snapshot.js'
import { execute, type Operation } from './operation.js'
import { validateFields } from './validate-document.js'

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
  const content = presentValues(sent)
  // an id of our own making: should the channel break, the write can be told from one that was never carried out
  const target = { kind: 'records', records: id ?? toRecordId(meta.table, randomRecordKey()) } as const
  const stored: SelectStatement = { kind: 'select', projection: { kind: 'all' }, from: target, only: true }
  const take = (record: unknown): void => {
    if (isNothing(record))
      throw new PermissionDeniedError(`The database did not create this ${meta.name}: the signed-in user may not.`)
    absorbRecord(meta, document, { record, sent })
  }
  const record = yield* execute(
    { kind: 'create', target, content },
    {
      snapshot: snapshotOf(meta, document),
      ...(!id && { ifExists: stored }),
      foreseen: { of: document, result: { ...content, id: target.records }, settled: take },
    },
  )
  take(record)
  return true
}

function* updateRecord(meta: ModelMeta, document: StatefulDocument): Operation<boolean> {
  const changes = collectChanges(meta, document)
  if (changes.length === 0) return false
  const columns = new Set(changes.map(({ path }) => path[0]))
  const changed = meta.bindings.filter(({ column }) => columns.has(column))
  refuseReadonly(meta, changed)
  yield* validateFields(meta, document, changed)
  const { id, stored } = StatefulDocument.stateOf(document)
  const sent = databaseValues(meta, document)
  const assignments = changes.map(({ path, value }) => ({
    path,
    value: value === undefined ? constant('NONE') : bound(value),
  }))
  const target: Target = { kind: 'records', records: id }
  const take = (record: unknown): void => {
    if (isNothing(record)) {
      throw new DoesNotExistError(
        `The database did not update this ${meta.name}: the record is gone, or the signed-in user may not change it.`,
      )
    }
    absorbRecord(meta, document, { record, sent })
  }
  const kept = Object.entries(stored ?? {}).filter(([column]) => !(column in sent))
  const result = { ...Object.fromEntries(kept), ...presentValues(sent) }
  const record = yield* execute(
    { kind: 'update', only: true, target, assignments, returning: 'after' },
    { snapshot: snapshotOf(meta, document), foreseen: { of: document, result, settled: take } },
  )
  take(record)
  return true
}

function refuseReadonly(meta: ModelMeta, changed: readonly FieldBinding[]): void {
  const issues = changed
    .filter(({ field }) => field.options.readonly)
    .map(({ name }) => ({ path: [name], code: 'readonly', message: 'is stored and cannot be changed' }))
  if (issues.length > 0) throw new ValidationError(meta.name, issues)
}

/** A server before 3 answers a write that matched nothing with an empty list. */
function isNothing(record: unknown): boolean {
  return record === undefined || record === null || (Array.isArray(record) && record.length === 0)
}
