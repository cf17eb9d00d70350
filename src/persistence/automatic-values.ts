import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { binary, bound, constant, idiom, type Expression } from '../surrealql/nodes/expression.js'
import type { Assignment } from '../surrealql/nodes/write-statement.js'
import { fieldValues, StatefulDocument, type FieldValues } from './document-state.js'

/** What a write of a document sets by itself, by column, in the form the database stores. */
export function automaticValues(meta: ModelMeta, document: StatefulDocument): FieldValues {
  const { createdAt, updatedAt, version } = meta.roles
  const { stored } = StatefulDocument.stateOf(document)
  const values: FieldValues = {}
  const now = new Date()
  if (createdAt && !stored && !fieldValues(document)[createdAt.name]) set(values, createdAt, now)
  if (updatedAt) set(values, updatedAt, now)
  if (version) set(values, version, (storedVersion(stored?.[version.column]) ?? 0) + 1)
  return values
}

function set(values: FieldValues, { column, field }: FieldBinding, value: unknown): void {
  values[column] = field.toDatabase(value)
}

function storedVersion(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : Number(value)
}

/** What an update of a query sets by itself, but for the columns that it was given. */
export function automaticAssignments(meta: ModelMeta, given: readonly Assignment[]): readonly Assignment[] {
  const { updatedAt, version } = meta.roles
  const next = (column: string): Expression => binary(binary(idiom(column), '??', bound(0)), '+', bound(1))
  const all = [
    ...(updatedAt ? [{ path: [updatedAt.column], value: bound(updatedAt.field.toDatabase(new Date())) }] : []),
    ...(version ? [{ path: [version.column], value: next(version.column) }] : []),
  ]
  return all.filter(({ path: [column] }) => !given.some(({ path }) => path[0] === column))
}

/** What has to hold for a write to find the record as the document knows it; undefined where anything will do. */
export function expectedVersion(meta: ModelMeta, document: StatefulDocument): Expression | undefined {
  const { version } = meta.roles
  if (!version) return undefined
  const value = StatefulDocument.stateOf(document).stored?.[version.column]
  return binary(idiom(version.column), '=', value === undefined ? constant('NONE') : bound(value))
}
