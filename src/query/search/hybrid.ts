import { LookupError } from '../../errors.js'
import type { ModelMeta } from '../../schema/model-meta.js'
import type { FusionRule } from '../../surrealql/nodes/select-statement.js'
import type { Query } from '../query.js'
import { fullTextSearch } from './full-text.js'
import { NEAREST_COUNT, nearestSearch } from './nearest.js'
import { measure, type FoundValue, type SearchPart } from './search.js'
import type { NearestOptions, SearchOptions } from './search-types.js'
import { nameTaken, withSearch } from './with-search.js'

/** What a search for words and one for a vector are told, and how they become one. */
export interface HybridParts extends FusionOptions {
  readonly search: readonly [words: unknown, options?: SearchOptions]
  readonly nearest: readonly [field: string, vector: unknown, options?: NearestOptions]
}

interface FusionOptions {
  readonly constant?: number
  readonly weights?: readonly [words: number, vector: number]
  readonly scale?: 'minmax' | 'zscore'
}

/** As the engine calls it. */
const RANKS: Readonly<Record<FusionRule['kind'], FoundValue>> = {
  rrf: { name: 'rrf', column: 'rrf_score', field: measure },
  linear: { name: 'linear', column: 'linear_score', field: measure },
}

/** A usual one. */
const CONSTANT = 60

/** A full-text search and one for vectors as one: by the places in both, or by the weighted sum of score and distance. */
export function withHybrid(query: Query, { search, nearest, ...options }: HybridParts): Query {
  const { meta } = query
  const by = fusionRule(meta, options)
  const [words, wordOptions] = search
  const [field, vector, { k = NEAREST_COUNT, ...others } = {}] = nearest
  const both = [fullTextSearch(meta, words, wordOptions), nearestSearch(meta, field, { ...others, vector, k })]
  const parts = by.kind === 'rrf' ? both : weighed(meta, both)
  const columns = parts.flatMap((part) => part.columns.map(({ alias }) => alias!))
  const rank = RANKS[by.kind]
  const fused = { found: [rank], columns: [rank.column, ...columns], parts, fusion: { count: k, by } }
  return withSearch(query, fused, { path: [rank.column], direction: 'DESC' })
}

function fusionRule(
  { name }: ModelMeta,
  { constant = CONSTANT, weights, scale = 'minmax' }: FusionOptions,
): FusionRule {
  if (!Number.isSafeInteger(constant) || constant < 1)
    throw new LookupError('INVALID_VALUE', `${name}: hybrid() takes a whole number from 1 on as its constant.`)
  if (weights === undefined) return { kind: 'rrf', constant }
  const areWeights = Array.isArray(weights) && weights.length === 2 && weights.every((each) => Number.isFinite(each))
  if (areWeights && ['minmax', 'zscore'].includes(scale)) return { kind: 'linear', weights, scale }
  throw new LookupError(
    'INVALID_VALUE',
    `${name}: hybrid() takes two numbers as its weights, of words and of vectors, and the scale 'minmax' or 'zscore'.`,
  )
}

/** What the engine takes for a weight of a row: these columns, in this order. */
const WEIGHED = ['distance', 'ft_score', 'score']

/** The parts with their score and distance under the names that the engine looks for. */
function weighed(meta: ModelMeta, parts: readonly SearchPart[]): readonly SearchPart[] {
  const taken = meta.bindings.find(({ column }) => WEIGHED.includes(column))
  if (taken) throw nameTaken(meta, taken.column)
  return parts.map((part) => {
    const [column] = part.order.path
    const name = String(column).replace('__', '')
    return {
      ...part,
      columns: part.columns.map((each) => (each.alias === column ? { ...each, alias: name } : each)),
      order: { ...part.order, path: [name] },
    }
  })
}
