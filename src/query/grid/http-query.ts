import { LookupError } from '../../errors.js'
import { isPlainObject } from '../../values.js'

/**
 * `query/grid/` reads what a table in a browser asks for: search, filters, order and page, out of the query of a URL. All of it
 * is written by strangers: names are looked up in what the developer allows, and texts become values of the fields.
 */

/** The query of a URL: its `searchParams`, or what a web framework makes of it. */
export type HttpQuery = URLSearchParams | { readonly [name: string]: string | readonly string[] | undefined }

/** The texts of each name. Empty ones, as forms send them, say nothing. */
export function textsOf(place: string, http: unknown): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, readonly string[]>()
  for (const [name, value] of entriesOf(place, http)) {
    const given: readonly unknown[] = Array.isArray(value) ? value : [value]
    const all = given.filter((each) => each !== undefined && each !== '').map((each) => textOf(place, each))
    if (all.length > 0) texts.set(name, [...(texts.get(name) ?? []), ...all])
  }
  return texts
}

function entriesOf(place: string, http: unknown): Iterable<readonly [string, unknown]> {
  if (http instanceof URLSearchParams) return http
  if (isPlainObject(http)) return Object.entries(http)
  throw new LookupError('INVALID_VALUE', `${place} takes URLSearchParams, or an object of strings and lists of them.`)
}

function textOf(place: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new LookupError('INVALID_VALUE', `${place}: a parameter is a string, or a list of strings.`)
}
