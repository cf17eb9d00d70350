import type { Dialect } from '../dialect.js'
import { idiom, type Expression } from '../nodes/expression.js'
import { mentions } from '../nodes/mentions.js'
import type { Path, SelectStatement } from '../nodes/select-statement.js'

/**
 * See `Dialect.indexesLoseComputed`. An index finds the ids, and the records are read by those; where what is computed
 * decides which records are found, the engine has to look at every one.
 */
export function keepComputed(statement: SelectStatement, { losesIds }: Dialect): SelectStatement {
  const { computed = [], where, version } = statement
  if (!mayLose(statement)) return statement
  const decides = mentions(where, computed)
  if (!decides && !gives(statement, computed)) return statement
  return !where || decides || losesIds || version !== undefined
    ? { ...statement, indexes: 'none' }
    : readById(statement, where)
}

/** Whether an index could be used: for a condition, or for an order alone. */
function mayLose({ computed = [], from, indexes, where, orderBy = [] }: SelectStatement): boolean {
  const isIndexed = from.kind === 'table' && indexes !== 'none'
  return isIndexed && computed.length > 0 && (where !== undefined || orderBy.length > 0)
}

function readById(statement: SelectStatement, where: Expression): SelectStatement {
  const { from, indexes, where: _where, computed: _computed, ...outside } = statement
  const ids: SelectStatement = {
    kind: 'select',
    projection: { kind: 'value', value: idiom('id') },
    from,
    where,
    ...(indexes && { indexes }),
  }
  // the engine gives no order to records that it reads by their ids in the same SELECT
  const records: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all' },
    from: { kind: 'select', select: ids },
  }
  return { ...outside, from: { kind: 'select', select: records } }
}

type Outside = Pick<SelectStatement, 'projection' | 'orderBy' | 'split' | 'groupBy'>

/** Whether one of the columns is in what comes back, or gives it its order. */
function gives({ projection, orderBy = [], split = [], groupBy = [] }: Outside, columns: readonly string[]): boolean {
  if (projection.kind === 'all') return true
  const ordered: readonly Path[] = orderBy === 'random' ? [] : orderBy.map(({ path }) => path)
  const paths = [...ordered, ...split, ...(groupBy === 'all' ? [] : groupBy)].map((path) => idiom(...path))
  return mentions([projection.kind === 'value' ? [projection.value] : projection, paths], columns)
}
