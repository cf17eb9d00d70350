import { LookupError } from '../../errors.js'
import { foundField } from '../../fields/found-field.js'
import type { ModelMeta } from '../../schema/model-meta.js'
import {
  and,
  binary,
  bound,
  call,
  list,
  or,
  searchTerm,
  type Expression,
  type FullTextMatch,
} from '../../surrealql/nodes/expression.js'
import type { Column } from '../../surrealql/nodes/select-statement.js'
import { isPlainObject } from '../../values.js'
import { parsePlace } from '../parse-order.js'
import { findSearchIndex, type IndexOf } from './find-search-index.js'
import { measure, type FoundValue, type SearchPart } from './search.js'
import type { Highlight, SearchOptions, TextOffset } from './search-types.js'

/** Words that are looked for in a field. */
interface Wanted {
  readonly name: string
  readonly words: string
}

interface FieldMatch {
  readonly name: string
  readonly match: FullTextMatch
  readonly index: IndexOf<'fulltext'>
}

/** A full-text search: for words in any of some fields, or for words in each of them. */
export function fullTextSearch(meta: ModelMeta, words: unknown, options: SearchOptions = {}): SearchPart {
  const { match = 'and', highlight, offsets } = checkedOptions(meta, options)
  const wanted = wantedWords(meta, words, options.fields)
  const matches = wanted.map((each, reference) => fieldMatch(meta, each, { reference, any: match === 'or' }))
  if (highlight || offsets) matches.forEach((each) => checkHighlights(meta, each))
  const terms = matches.map((each) => each.match)
  const score = terms.map(({ reference }) => call('search::score', numberOf(reference)))
  const sum = score.reduce((left, right) => binary(left, '+', right))
  const extra = [highlight && highlightsOf(matches, highlight), offsets && offsetsOf(matches)].filter((each) => !!each)
  return {
    condition: () => (typeof words === 'string' ? or(...terms.map(searchTerm)) : everyMatch(terms)),
    columns: [{ value: sum, alias: SCORE.column }, ...extra.map(({ column }) => column)],
    found: [SCORE, ...extra.map(({ found }) => found)],
    order: { path: [SCORE.column], direction: 'DESC' },
  }
}

const SCORE: FoundValue = { name: 'score', column: '__score', field: measure }

function everyMatch(matches: readonly FullTextMatch[]): Expression {
  return and(...matches.map((match, index) => searchTerm(index > 0 ? { ...match, isFurther: true } : match)))
}

function checkedOptions(meta: ModelMeta, options: SearchOptions): SearchOptions {
  if (options.match === undefined || options.match === 'and' || options.match === 'or') return options
  throw new LookupError('INVALID_VALUE', `${meta.name}: search() takes the match 'and' or 'or'.`)
}

function wantedWords(meta: ModelMeta, words: unknown, fields: readonly string[] | undefined): readonly Wanted[] {
  const wanted =
    typeof words === 'string'
      ? (fields ?? searchedFields(meta)).map((name) => ({ name, words }))
      : Object.entries(isPlainObject(words) ? words : {}).map(([name, each]) => ({ name, words: each }))
  const isText = (each: { readonly words: unknown }): each is Wanted => typeof each.words === 'string'
  if (wanted.length > 0 && wanted.every(isText)) return wanted
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}: search() takes words for some fields: search('words', { fields: ['title'] }), or search({ title: 'words' }).`,
  )
}

/** The fields with a full-text index; those inside of others have to be named. */
function searchedFields(meta: ModelMeta): readonly string[] {
  const found = meta.bindings.filter(({ column }) => findSearchIndex(meta, [column], ['fulltext']))
  if (found.length > 0) return found.map(({ name }) => name)
  throw new LookupError(
    'UNKNOWN_INDEX',
    `${meta.name}: search() needs a field with a full-text index; declare one with index: { fulltext: { analyzer } }.`,
  )
}

function fieldMatch(
  meta: ModelMeta,
  { name, words }: Wanted,
  { reference, any }: { readonly reference: number; readonly any: boolean },
): FieldMatch {
  const { value } = parsePlace(meta, name)
  const index = value.kind === 'idiom' && findSearchIndex(meta, value.path, ['fulltext'])
  if (!index)
    throw new LookupError(
      'UNKNOWN_INDEX',
      `${meta.name}.${name} has no full-text index, and would never be found; declare one with index: { fulltext: { analyzer } }.`,
    )
  return { name, index, match: { kind: 'match', value, reference, words, any } }
}

function checkHighlights(meta: ModelMeta, { name, index }: FieldMatch): void {
  if (index.index.highlights) return
  throw new LookupError(
    'UNKNOWN_INDEX',
    `${meta.name}.${name}: its full-text index does not keep where words are; declare it with highlights: true.`,
  )
}

const numberOf = (reference: number): Expression => searchTerm({ kind: 'reference', reference })

interface ExtraColumn {
  readonly column: Column
  readonly found: FoundValue
}

function highlightsOf(matches: readonly FieldMatch[], highlight: true | Highlight): ExtraColumn {
  const { before, after } = highlight === true ? { before: '<b>', after: '</b>' } : highlight
  return extraColumn(matches, {
    name: 'highlights',
    make: (reference) => call('search::highlight', bound(before), bound(after), reference),
    read: (stored) => stored,
  })
}

function offsetsOf(matches: readonly FieldMatch[]): ExtraColumn {
  return extraColumn(matches, {
    name: 'offsets',
    make: (reference) => call('search::offsets', reference),
    read: readOffsets,
  })
}

/** A value of each match in one column, by the fields in the answer. */
function extraColumn(
  matches: readonly FieldMatch[],
  each: {
    readonly name: string
    readonly make: (reference: Expression) => Expression
    readonly read: (stored: unknown) => unknown
  },
): ExtraColumn {
  const column = `__${each.name}`
  const value = list(...matches.map(({ match }) => each.make(numberOf(match.reference))))
  const read = (stored: unknown): unknown =>
    Object.fromEntries(matches.map(({ name }, index) => [name, each.read((stored as readonly unknown[])[index])]))
  return { column: { value, alias: column }, found: { name: each.name, column, field: foundField(read, 'any') } }
}

/** The engine has them by the item of a list; a text is the only item. */
function readOffsets(stored: unknown): readonly TextOffset[] {
  const items = Object.entries((stored ?? {}) as Record<string, readonly { readonly s: number; readonly e: number }[]>)
  return items.flatMap(([item, places]) => places.map(({ s, e }) => ({ start: s, end: e, item: Number(item) })))
}
