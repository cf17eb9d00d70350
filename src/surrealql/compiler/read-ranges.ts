import { RecordIdRange } from '../../values.js'
import type { Dialect } from '../dialect.js'
import type { Order, SelectStatement } from '../nodes/select-statement.js'

/**
 * The first records of a range of ids, without a look at the others: see `Dialect.readsWholeRanges`. A range has the order of
 * its ids by itself, and what is found in it goes out as it is.
 */
export function readRanges(statement: SelectStatement, { readsWholeRanges }: Dialect): SelectStatement {
  if (!readsWholeRanges || !isBeginningOfRange(statement)) return statement
  const { from, where, version, limit, start, orderBy: _, ...outside } = statement
  const inside: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all' },
    from,
    ...(where && { where }),
    ...(limit !== undefined && { limit }),
    ...(start !== undefined && { start }),
    ...(version !== undefined && { version }),
  }
  return { ...outside, from: { kind: 'called', select: inside } }
}

/** Rows that are made of others, and orders that do not begin where the range does, need all of it. */
function isBeginningOfRange({ from, limit, split, groupBy, projection, orderBy = [] }: SelectStatement): boolean {
  const isRange = from.kind === 'records' && from.records instanceof RecordIdRange
  const makesRows = split !== undefined || groupBy !== undefined || projection.kind === 'count'
  return isRange && limit !== undefined && !makesRows && orderBy !== 'random' && orderBy.every(isFromTheFirstId)
}

function isFromTheFirstId({ path, direction }: Order): boolean {
  return path.length === 1 && path[0] === 'id' && direction === 'ASC'
}
