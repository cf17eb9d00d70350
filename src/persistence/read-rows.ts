import type { Query, RowForm } from '../query/query.js'
import { isPlainObject } from '../values.js'
import { toRecord } from './hydrator.js'
import { readFound } from './read-found.js'

/** The rows of an answer as what the query asks for. */
export function readRows({ meta, rows: form, search }: Query, rows: readonly unknown[]): readonly unknown[] {
  if (form === undefined || form.kind === 'partial')
    return rows.map((row) => (search ? readFound(meta, search, row) : meta.hydrate(toRecord(meta, row))))
  if (form.kind === 'value') return rows.map((row) => form.column.field.fromDatabase(row))
  return rows.map((row) => plainRow(form, toRecord(meta, row)))
}

function plainRow(
  { columns }: Extract<RowForm, { kind: 'plain' }>,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, field }) => [name, field.fromDatabase(row[name])]))
}

/** See `Dialect.losesIds`: an index found a record that was written in the same transaction. */
export function lacksId({ rows: form }: Query, row: unknown): boolean {
  return (form === undefined || form.kind === 'partial') && isPlainObject(row) && row['id'] === undefined
}
