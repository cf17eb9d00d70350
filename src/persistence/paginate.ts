import { buildRowCount, buildRows } from '../query/build-rows.js'
import { inTotalOrder } from '../query/ordered-query.js'
import { positiveNumber, sliced, type Page, type PageOptions } from '../query/pages.js'
import { checkPrefetch } from '../query/prefetch.js'
import type { Query } from '../query/query.js'
import { readAnswer } from './load.js'
import { selectAll } from './select-or.js'
import type { Operation } from './operation.js'

/** A numbered page, and how many there are; in one round trip. */
export function* paginate(query: Query, options: PageOptions): Operation<Page<unknown>> {
  checkPrefetch(query)
  const page = positiveNumber(query, 'paginate({ page })', options.page ?? 1)
  const perPage = positiveNumber(query, 'paginate({ perPage })', options.perPage)
  const part = sliced(inTotalOrder(query, 'paginate'), (page - 1) * perPage, perPage)
  const [counted, rows] = yield* selectAll([buildRowCount(query), buildRows(part)])
  const total = (counted![0] as { readonly total?: number } | undefined)?.total ?? 0
  const pages = Math.ceil(total / perPage)
  return {
    items: [...(yield* readAnswer(part, rows))],
    total,
    page,
    perPage,
    pages,
    hasNext: page < pages,
    hasPrevious: page > 1,
  }
}
