import { and, type Expression } from '../../surrealql/nodes/expression.js'
import type { SelectStatement, Target } from '../../surrealql/nodes/select-statement.js'
import type { Query } from '../query.js'
import type { Search, SearchPart } from './search.js'

/** What the records of a search are read from, and what else holds for them. */
export interface Searched {
  readonly query: Query
  readonly from: Target
  readonly conditions: readonly Expression[]
}

/**
 * The records that a search finds, as something to select from: what it says about each is a column there, which orders,
 * slices and other clauses may use. The conditions of the query hold inside, so that they do not thin out what was found.
 */
export function searchSource({ parts, fusion }: Search, searched: Searched): Target {
  const selects = parts.map((part) => selectPart(part, searched))
  if (!fusion) return { kind: 'select', select: selects[0]! }
  const { count, by } = fusion
  const ranked = selects.map((select, index): SelectStatement => ({
    kind: 'select',
    projection: { kind: 'all' },
    from: { kind: 'select', select },
    orderBy: [parts[index]!.order, { path: ['id'], direction: 'ASC' }],
    limit: count,
  }))
  return { kind: 'fused', selects: ranked, limit: count * parts.length, by }
}

function selectPart(part: SearchPart, { query, from, conditions }: Searched): SelectStatement {
  const { version } = query
  const condition = part.condition(query.indexes)
  const indexes = part.indexes ? part.indexes(query.indexes) : query.indexes
  return {
    kind: 'select',
    projection: { kind: 'all', also: part.columns },
    from,
    ...(indexes && { indexes }),
    where: part.isLast ? and(...conditions, condition) : and(condition, ...conditions),
    ...(version !== undefined && { version }),
  }
}
