import { buildKeyedSelect, behind, inComparableOrder, reversed, upTo, type Key } from '../query/ordered-query.js'
import { buildSelect } from '../query/build-statements.js'
import { readCursorOptions, type CursorOptions, type CursorPage } from '../query/pages.js'
import { checkPrefetch } from '../query/prefetch.js'
import type { Query } from '../query/query.js'
import { constant } from '../surrealql/nodes/expression.js'
import type { SelectStatement } from '../surrealql/nodes/select-statement.js'
import { readCursor, writeCursor } from './cursor-text.js'
import { readKeyed } from './load-keyed.js'
import { selectAll } from './select-or.js'
import type { Operation } from './operation.js'

/** The rows behind a cursor, or before it; in one round trip. */
export function* loadCursorPage(query: Query, options: CursorOptions): Operation<CursorPage<unknown>> {
  checkPrefetch(query)
  const { size, cursor, isBackward } = readCursorOptions(query, options)
  const ordered = inComparableOrder(query, 'cursor')
  const key = cursor === undefined ? undefined : readCursor(ordered, cursor)
  const directed = isBackward ? reversed(ordered) : ordered
  // one more than asked for tells whether there are more
  const part = { ...(key ? behind(directed, key) : directed), limit: size + 1 }
  const passed = key ? [buildAny(upTo(directed, key))] : []
  const [rows, found] = yield* selectAll([buildKeyedSelect(part, directed), ...passed])
  const { items, keys } = yield* readKeyed(part, directed, rows!)
  const hasMore = items.length > size
  const hasPassed = (found?.length ?? 0) > 0
  const shown = inOrder(items, size, isBackward)
  const places = inOrder(keys, size, isBackward)
  const cursorOf = (place: Key | undefined): string | null => (place ? writeCursor(ordered, place) : null)
  return {
    items: shown,
    startCursor: cursorOf(places[0]),
    endCursor: cursorOf(places.at(-1)),
    hasNext: isBackward ? hasPassed : hasMore,
    hasPrevious: isBackward ? hasMore : hasPassed,
  }
}

/** One row when the query has any. */
function buildAny(query: Query): SelectStatement {
  return buildSelect({ ...query, orderBy: [], limit: 1 }, { kind: 'value', value: constant('true') })
}

function inOrder<Item>(found: readonly Item[], size: number, isBackward: boolean): Item[] {
  const shown = found.slice(0, size)
  return isBackward ? shown.reverse() : shown
}
