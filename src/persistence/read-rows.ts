import type { Query, ReadColumn, RowForm } from '../query/query.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { isPlainObject } from '../values.js'
import { toRecord } from './hydrator.js'

/** The rows of an answer as what the query asks for. */
export function readRows(query: Query, rows: readonly unknown[]): readonly unknown[] {
  const { meta, rows: form, annotations } = query
  if (form === undefined || form.kind === 'partial')
    return rows.map((row) =>
      annotations ? annotatedDocument(meta, annotations, row) : meta.hydrate(toRecord(meta, row)),
    )
  if (form.kind === 'value') return rows.map((row) => form.column.field.fromDatabase(row))
  return rows.map((row) => plainRow(form, toRecord(meta, row)))
}

/** A document with what was made of its fields, as properties that are neither saved nor listed. */
function annotatedDocument(meta: ModelMeta, annotations: readonly ReadColumn[], row: unknown): object {
  const record = toRecord(meta, row)
  const isMade = (column: string): boolean => annotations.some(({ name }) => name === column)
  const document = meta.hydrate(Object.fromEntries(Object.entries(record).filter(([column]) => !isMade(column))))
  for (const { name, field } of annotations)
    Object.defineProperty(document, name, { value: field.fromDatabase(record[name]), configurable: true })
  return document
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
