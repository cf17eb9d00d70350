import { LookupError } from '../errors.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { holdsSet, isLink, linkSteps } from './link-path.js'
import { withPrefetch } from './prefetch.js'
import type { FetchedLink, Query } from './query.js'

/**
 * The links at these paths, and those on the way there: `company__owner` is `company` and the `owner` of each. The engine
 * leaves the links in sets as they are: they are loaded by their ids, with all that begins with the same field.
 */
export function withFetched(query: Query, names: readonly string[]): Query {
  const { meta, rows, fetch = [] } = query
  if (names.length === 0)
    throw new LookupError('INVALID_VALUE', `${meta.name}: fetch() takes the names of links; there is none.`)
  if (rows?.kind === 'value') {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: fetch() cannot follow pluck(); call it first, or ask for values('${rows.column.name}').`,
    )
  }
  const all = [...fetch.map(({ name }) => name), ...names]
  const inSets = all.filter((name) => linkSteps(meta, name, 'fetch').some(holdsSet)).map(headOf)
  const links = all.filter((name) => !inSets.includes(headOf(name))).flatMap((name) => linksAt(meta, name))
  const loaded = all.filter((name) => inSets.includes(headOf(name)))
  const { fetch: _fetch, ...others } = query
  return withLoaded(
    links.length > 0 ? { ...others, fetch: [...new Map(links.map((link) => [link.name, link])).values()] } : others,
    loaded,
  )
}

/** As the engine fetches: whether a record is marked as deleted, or not. */
function withLoaded(query: Query, names: readonly string[]): Query {
  if (names.length === 0) return query
  return withPrefetch(
    query,
    names.map((name) => ({ name, deleted: 'with' })),
  )
}

function headOf(name: string): string {
  return name.split('__')[0]!
}

function linksAt(meta: ModelMeta, name: string): readonly FetchedLink[] {
  const steps = linkSteps(meta, name, 'fetch')
  const upTo = (end: number): FetchedLink => ({
    name: steps
      .slice(0, end + 1)
      .map((step) => step.name)
      .join('__'),
    path: steps.slice(0, end + 1).map((step) => step.column),
  })
  return steps.flatMap((step, index) => (isLink(step) ? [upTo(index)] : []))
}
