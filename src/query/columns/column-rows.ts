import { LookupError } from '../../errors.js'
import type { Field } from '../../fields/field.js'
import { storedField } from '../../fields/found-field.js'
import { askedOf } from '../asked-of.js'
import type { Query, ReadColumn, RowForm } from '../query.js'
import { readColumn } from '../row-form.js'

/** A query whose rows are plain objects, of which columns can be made. */
export interface ColumnQuery extends Query {
  readonly rows: Extract<RowForm, { readonly kind: 'plain' }>
}

/** What a column is, besides its values. */
export interface NamedColumn {
  readonly name: string
  readonly field: Field
}

/**
 * The rows of a query as plain objects: what `values()` gives, or else the fields that the documents would have, with what
 * was made or found besides.
 */
export function inColumns(query: Query, method: string): ColumnQuery {
  const { rows, meta } = query
  if (rows?.kind === 'value') {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: ${method}() needs names for its columns; ask for values('${rows.column.name}') instead of pluck().`,
    )
  }
  if (query.prefetch || query.fetch) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: columns hold no documents; ask for values such as 'author__name' instead of fetch() and prefetch().`,
    )
  }
  if (rows?.kind === 'plain') return { ...query, rows }
  return { ...query, rows: { kind: 'plain', columns: columnsOfDocuments(query, rows?.only) } }
}

function columnsOfDocuments(query: Query, only: readonly string[] | undefined): readonly ReadColumn[] {
  const { meta, annotations = [], search } = query
  const names = only ?? meta.bindings.map(({ name }) => name)
  const asked = askedOf(query)
  const found = (search?.found ?? []).map(({ name }) => name)
  const read = [...new Set(['id', ...names])].map((name) => readColumn(asked, name))
  return [...read, ...annotations, ...found.map((name) => readColumn(asked, name))]
}

/** The same with the values as the database stores them. */
export function asStored(query: ColumnQuery): ColumnQuery {
  const columns = query.rows.columns.map((column): ReadColumn => ({ ...column, field: storedField }))
  return { ...query, rows: { ...query.rows, columns } }
}

type Row = Readonly<Record<string, unknown>>

/** The values of rows by the names they have. */
export function columnsOfRows(names: readonly string[], rows: readonly unknown[]): Record<string, unknown[]> {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => (row as Row)[name])]))
}
