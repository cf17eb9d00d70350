import { LookupError } from '../../errors.js'
import type { Query } from '../query.js'
import { fullTextSearch } from './full-text.js'
import { NEAREST_COUNT, nearestSearch } from './nearest.js'
import { asItIs, type FoundValue } from './search.js'
import type { NearestOptions, SearchOptions } from './search-types.js'
import { withSearch } from './with-search.js'

/** What a search for words and one for a vector are told; `constant` says how little the first places count. */
export interface HybridParts {
  readonly search: readonly [words: unknown, options?: SearchOptions]
  readonly nearest: readonly [field: string, vector: unknown, options?: NearestOptions]
  readonly constant?: number
}

/** As the engine calls it. */
const RANK: FoundValue = { name: 'rrf', column: 'rrf_score', read: asItIs, isNumber: true }

/** A usual one. */
const CONSTANT = 60

/** A full-text search and one for vectors as one, by reciprocal rank fusion. */
export function withHybrid(query: Query, { search, nearest, constant = CONSTANT }: HybridParts): Query {
  const { meta } = query
  if (!Number.isSafeInteger(constant) || constant < 1)
    throw new LookupError('INVALID_VALUE', `${meta.name}: hybrid() takes a whole number from 1 on as its constant.`)
  const [words, options] = search
  const [field, vector, { k = NEAREST_COUNT, ...others } = {}] = nearest
  const parts = [fullTextSearch(meta, words, options), nearestSearch(meta, field, { ...others, vector, k })]
  const columns = parts.flatMap(({ found }) => found.map(({ column }) => column))
  const fused = { found: [RANK], columns: [RANK.column, ...columns], parts, fusion: { count: k, constant } }
  return withSearch(query, fused, { path: [RANK.column], direction: 'DESC' })
}
