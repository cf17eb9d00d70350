import type { Dialect } from '../dialect.js'
import { idiom, type Expression } from '../nodes/expression.js'
import type { Column, Order, SelectStatement } from '../nodes/select-statement.js'

/**
 * The engine orders by what is in the records themselves: what is made of them, and values of linked ones, become columns, and
 * are left out again. So do values inside of others where `Dialect.ordersByParents`.
 */
export function orderByColumns(select: SelectStatement, dialect: Dialect): SelectStatement {
  if (!Array.isArray(select.orderBy)) return select
  const terms = select.orderBy as readonly Order[]
  const valueOf = ({ value, path }: Order): Expression | undefined =>
    value ?? (dialect.ordersByParents && path.length > 1 ? idiom(...path) : undefined)
  const made = terms.filter((term) => valueOf(term) !== undefined)
  if (made.length === 0) return select
  const { from, indexes, computed, where, version, orderBy: _, ...clauses } = select
  const names = made.map((_, index) => `$order${index}`)
  const also = made.map((term, index): Column => ({ value: valueOf(term)!, alias: names[index]! }))
  const inner: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all', also },
    from,
    ...(indexes && { indexes }),
    ...(computed && { computed }),
    ...(where && { where }),
    ...(version !== undefined && { version }),
  }
  const { projection } = clauses
  const ordered: SelectStatement = {
    ...clauses,
    projection: projection.kind === 'all' ? { ...projection, omit: names } : projection,
    from: { kind: 'select', select: inner },
    orderBy: terms.map((term) => {
      const index = made.indexOf(term)
      return index < 0 ? term : { ...column(term), path: [names[index]!] }
    }),
  }
  return dialect.omitsBeforeOrder ? omittedOutside(ordered) : ordered
}

/** The columns are left out of rows that are in order already. */
function omittedOutside(select: SelectStatement): SelectStatement {
  const { projection, fetch, only, timeout, explain, ...inside } = select
  if (projection.kind !== 'all' || !projection.omit) return select
  const { omit, ...rows } = projection
  return {
    kind: 'select',
    projection: { kind: 'all', omit },
    from: { kind: 'select', select: { ...inside, projection: rows } },
    ...(fetch && { fetch }),
    ...(only && { only }),
    ...(timeout !== undefined && { timeout }),
    ...(explain && { explain }),
  }
}

function column({ value: _, ...term }: Order): Order {
  return term
}
