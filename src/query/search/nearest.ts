import { LookupError } from '../../errors.js'
import { dimensionOf } from '../../fields/containers/vector-field.js'
import type { ModelMeta } from '../../schema/model-meta.js'
import type { IndexKind } from '../../surrealql/nodes/define-statement.js'
import { call, searchTerm } from '../../surrealql/nodes/expression.js'
import type { IndexChoice } from '../../surrealql/nodes/select-statement.js'
import type { Place } from '../find-place.js'
import { parsePlace } from '../parse-order.js'
import { findSearchIndex } from './find-search-index.js'
import { measure, type FoundValue, type SearchPart } from './search.js'
import type { NearestOptions, VectorMetric } from './search-types.js'

/** How many records are found when nothing is said. */
export const NEAREST_COUNT = 10
/** How many candidates the index looks at when nothing is said. */
const CANDIDATES = 100
/** What the grammar takes. */
const LARGEST = 2 ** 32 - 1

/** What the distance is called, here and for a distance on earth. */
export const DISTANCE: FoundValue = { name: 'distance', column: '__distance', field: measure }

/** The records whose vector is among the nearest to one; by the index where there is one. */
export function nearestSearch(
  meta: ModelMeta,
  name: string,
  { vector, ...options }: NearestOptions & { readonly vector: unknown },
): SearchPart {
  const place = parsePlace(meta, name)
  const given = checkedVector(`${meta.name}.${name}`, place, vector)
  const { index, metric } = waysOf(meta, name, { place, metric: options.metric })
  const { k, ef } = checkedCounts(meta, options, index !== undefined)
  const usesIndex = (indexes: IndexChoice | undefined): boolean =>
    index !== undefined && (indexes === undefined || indexes.includes(index))
  return {
    isLast: true,
    condition: (indexes) =>
      searchTerm({
        kind: 'nearest',
        value: place.value,
        vector: given,
        count: k,
        metric,
        ...(usesIndex(indexes) && { candidates: ef }),
      }),
    // with a choice, older engines take the index of another condition, and find nothing
    indexes: (indexes) => (index !== undefined && usesIndex(indexes) ? [index] : indexes),
    columns: [{ value: call('vector::distance::knn'), alias: DISTANCE.column }],
    found: [DISTANCE],
    order: { path: [DISTANCE.column], direction: 'ASC' },
  }
}

function checkedVector(where: string, { field }: Place, given: unknown): unknown {
  const dimension = dimensionOf(field)
  if (dimension === undefined)
    throw new LookupError('INVALID_VALUE', `${where} is no vector field, so nothing is near to it.`)
  const vector = ArrayBuffer.isView(given) && !(given instanceof DataView) ? Array.from(given as Float32Array) : given
  if (field.accepts(vector)) return field.toDatabase(vector)
  throw new LookupError(
    'INVALID_VALUE',
    `${where}: nearest() takes a list of ${dimension} numbers as the field has them.`,
  )
}

/** The name of the index that can be used, and what is near. */
interface Ways {
  readonly index?: string
  readonly metric: string
}

function waysOf(
  meta: ModelMeta,
  name: string,
  { place, metric }: { readonly place: Place; readonly metric: VectorMetric | undefined },
): Ways {
  const index = place.value.kind === 'idiom' ? findSearchIndex(meta, place.value.path, ['HNSW', 'DISKANN']) : undefined
  const asked = metric === undefined ? undefined : spelled(meta, metric)
  if (!index) return { metric: asked ?? 'EUCLIDEAN' }
  const own = metricOf(index.index)
  if (asked !== undefined && asked !== own) return { metric: asked }
  if (!SIMILARITIES.includes(own)) return { index: index.name, metric: own }
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}.${name}: by ${own.toLowerCase()}, the engine finds what is farthest away; give nearest() another metric, or the index another distance.`,
  )
}

/** The larger they are, the nearer two vectors are; the engine takes them for distances. */
const SIMILARITIES: readonly string[] = ['PEARSON', 'JACCARD']

function metricOf({ parameters }: Extract<IndexKind, { kind: 'HNSW' | 'DISKANN' }>): string {
  return String(parameters.find(([name]) => name === 'DIST')?.[1] ?? 'EUCLIDEAN')
}

const METRICS: readonly unknown[] = ['euclidean', 'cosine', 'manhattan', 'chebyshev', 'hamming']

function spelled(meta: ModelMeta, metric: VectorMetric): string {
  if (typeof metric === 'string' && METRICS.includes(metric)) return metric.toUpperCase()
  const order = typeof metric === 'object' ? (metric as { readonly minkowski?: unknown } | null)?.minkowski : undefined
  if (typeof order === 'number' && Number.isFinite(order) && order > 0) return `MINKOWSKI ${order}`
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}: nearest() takes the metric ${METRICS.join(', ')} or { minkowski: 3 }.`,
  )
}

function checkedCounts(
  meta: ModelMeta,
  { k = NEAREST_COUNT, ef }: NearestOptions,
  hasIndex: boolean,
): { readonly k: number; readonly ef: number } {
  if (!isWhole(k, 1)) throw new LookupError('INVALID_VALUE', `${meta.name}: nearest() takes a k from 1 to ${LARGEST}.`)
  if (ef === undefined) return { k, ef: Math.max(k, CANDIDATES) }
  if (!hasIndex)
    throw new LookupError(
      'UNKNOWN_INDEX',
      `${meta.name}: nearest() takes ef where it uses an index, and there is none for this field and metric.`,
    )
  if (isWhole(ef, k)) return { k, ef }
  throw new LookupError('INVALID_VALUE', `${meta.name}: nearest() takes an ef from k to ${LARGEST}.`)
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= LARGEST
}
