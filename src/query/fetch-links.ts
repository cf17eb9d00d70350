import { idiom, list } from '../surrealql/nodes/expression.js'
import type { Column, Path, Projection, SelectStatement } from '../surrealql/nodes/select-statement.js'
import { isPlainObject } from '../values.js'
import type { FetchedLink, Query, RowForm } from './query.js'

/** Where the ids of the links stand in a row: the engine gives nothing for a link without a record. */
const IDS = '$ids'

/** Adds what is fetched to the SELECT of a query: FETCH, and the ids themselves. */
export function fetching({ fetch = [], rows }: Query, select: SelectStatement): SelectStatement {
  const links = fetch.flatMap((link) => linkInRow(link, rows) ?? [])
  if (links.length === 0) return select
  const ids: Column = { value: list(...links.map(({ path }) => idiom(...path))), alias: IDS }
  return { ...select, projection: withColumn(select.projection, ids), fetch: links.map(({ place }) => place) }
}

function withColumn(projection: Projection, column: Column): Projection {
  if (projection.kind === 'columns') return { kind: 'columns', columns: [...projection.columns, column] }
  return { kind: 'all', also: [...(projection.kind === 'all' ? (projection.also ?? []) : []), column] }
}

/** Gives the links of a row without a record their ids back. */
export function restoreLinks({ fetch = [], rows }: Query, row: unknown): unknown {
  if (!isPlainObject(row) || !Array.isArray(row[IDS])) return row
  const { [IDS]: ids, ...record } = row
  const links = fetch.flatMap((link) => linkInRow(link, rows) ?? [])
  return links.reduce<unknown>(
    (restored, { place }, index) => restore(restored, place, (ids as readonly unknown[])[index]),
    record,
  )
}

function restore(value: unknown, path: Path, ids: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => restore(item, path, Array.isArray(ids) ? ids[index] : undefined))
  const [key, ...rest] = path
  if (key === undefined) return value ?? ids
  if (!isPlainObject(value)) return value
  const restored = restore(value[key], rest, ids)
  return restored === undefined ? value : { ...value, [key]: restored }
}

interface LinkInRow extends FetchedLink {
  /** Its place in the row that comes back. */
  readonly place: readonly string[]
}

/** Where a link stands in the rows of a query; undefined when it does not come back. */
function linkInRow(link: FetchedLink, rows: RowForm | undefined): LinkInRow | undefined {
  if (rows === undefined) return { ...link, place: link.path }
  if (rows.kind === 'partial')
    return rows.only.includes(link.name.split('__')[0]!) ? { ...link, place: link.path } : undefined
  const names = rows.kind === 'value' ? [rows.column.name] : rows.columns.map(({ name }) => name)
  const column = names.find((name) => link.name === name || link.name.startsWith(`${name}__`))
  if (column === undefined) return undefined
  return { ...link, place: [column, ...link.path.slice(column.split('__').length)] }
}
