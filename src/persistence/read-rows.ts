import { restoreLinks } from '../query/fetch-links.js'
import type { Query, RowForm } from '../query/query.js'
import { isPlainObject } from '../values.js'
import { toRecord } from './hydrator.js'

/** The rows of an answer as what the query asks for. */
export function readRows(query: Query, rows: readonly unknown[]): readonly unknown[] {
  return query.fetch
    ? read(
        query,
        rows.map((row) => restoreLinks(query, row)),
      )
    : read(query, rows)
}

function read({ meta, rows: form, fetch }: Query, rows: readonly unknown[]): readonly unknown[] {
  if (form === undefined || form.kind === 'partial') return rows.map((row) => meta.hydrate(toRecord(meta, row)))
  if (form.kind === 'value') {
    const { name, field } = form.column
    return rows.map((row) => field.fromDatabase(fetch ? toRecord(meta, row)[name] : row))
  }
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
