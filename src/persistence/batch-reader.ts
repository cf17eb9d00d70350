import { behind, inComparableOrder, type Key, type OrderedQuery } from '../query/ordered-query.js'
import { checkPrefetch } from '../query/prefetch.js'
import { positiveNumber } from '../query/pages.js'
import type { Query } from '../query/query.js'
import { loadKeyed } from './load-keyed.js'
import type { Operation } from './operation.js'

/** The rows of a query, a batch at a time. Nothing stays open in between: each batch begins behind the row before it. */
export class BatchReader {
  readonly #query: OrderedQuery
  readonly #size: number
  #last: Key | undefined
  #left: number

  constructor(query: Query, { method, size }: { readonly method: string; readonly size: number }) {
    checkPrefetch(query)
    this.#query = inComparableOrder(query, method)
    this.#size = positiveNumber(query, `${method}()`, size)
    this.#left = query.limit ?? Infinity
  }

  /** The next batch; empty at the end. */
  *next(): Operation<readonly unknown[]> {
    const size = Math.min(this.#size, this.#left)
    if (size === 0) return []
    const { items, keys } = yield* loadKeyed({ ...this.#rest, limit: size }, this.#query)
    this.#last = keys.at(-1)
    this.#left = items.length < size ? 0 : this.#left - size
    return items
  }

  /** What `start()` leaves out is left out once. */
  get #rest(): Query {
    if (!this.#last) return this.#query
    const { start: _start, ...query } = this.#query
    return behind(query, this.#last)
  }
}
