import {
  ownersOf,
  pathInRows,
  selectIncoming,
  selectLinked,
  withoutOwners,
  type PrefetchSelect,
} from '../query/prefetch.js'
import type { IncomingPrefetch, LinkPrefetch, Prefetch, Query } from '../query/query.js'
import type { FieldValues } from './document-state.js'
import { isObject, RecordId } from '../values.js'
import type { Operation } from './operation.js'
import { lacksId, readRows } from './read-rows.js'
import { selectAll } from './select-or.js'

/** What a query asks for, from the rows of an answer: with what is to be loaded along. */
export function* completeRows(query: Query, raw: readonly unknown[]): Operation<readonly unknown[]> {
  const rows = readRows(query, raw)
  yield* loadAlong(new Map([[query, rows]]))
  return rows
}

/** What is to be loaded along with the rows of some queries is one round trip, and what is along with that is another one. */
function* loadAlong(loaded: ReadonlyMap<Query, readonly unknown[]>): Operation<void> {
  const plans = [...loaded].flatMap(([query, rows]) =>
    rows.length === 0
      ? []
      : (query.prefetch ?? []).map((prefetch) => planOf(query, prefetch, rows as readonly FieldValues[])),
  )
  const selects = plans.flatMap((plan) => plan.selects)
  if (selects.length === 0) return
  const raws = yield* answersOf(selects)
  const answers = new Map(
    selects.map((select, index): [PrefetchSelect, Answer] => {
      const raw = raws[index]!
      return [select, { owner: select.owner, raw, rows: readRows(select.query, raw.map(withoutOwners)) }]
    }),
  )
  const found = new Map<Query, unknown[]>()
  for (const [{ query }, { rows }] of answers) {
    const all = found.get(query) ?? []
    all.push(...rows)
    found.set(query, all)
  }
  yield* loadAlong(found)
  for (const { selects: own, put } of plans) put(own.map((select) => answers.get(select)!))
}

/** See `lacksId`: then they are read without an index. */
function* answersOf(selects: readonly PrefetchSelect[]): Operation<readonly (readonly unknown[])[]> {
  const statements = selects.map(({ statement }) => statement)
  const answers = yield* selectAll(statements)
  if (!answers.some((rows, index) => rows.some((row) => lacksId(selects[index]!.query, row)))) return answers
  return yield* selectAll(statements.map((statement) => ({ ...statement, indexes: 'none' })))
}

interface Answer {
  readonly owner: RecordId | undefined
  readonly raw: readonly unknown[]
  readonly rows: readonly unknown[]
}

interface Plan {
  readonly selects: readonly PrefetchSelect[]
  readonly put: (answers: readonly Answer[]) => void
}

function planOf(query: Query, prefetch: Prefetch, parents: readonly FieldValues[]): Plan {
  if (prefetch.kind === 'incoming') return planIncoming(prefetch, parents)
  const path = pathInRows(query, prefetch.name)
  return planLinks(
    prefetch,
    parents.flatMap((parent) => placesAt(parent, path)),
  )
}

function planLinks(prefetch: LinkPrefetch, places: readonly Place[]): Plan {
  const ids = places.flatMap(({ holder, name }) => idsIn(holder[name]))
  return {
    selects: selectLinked(prefetch, unique(ids)),
    put(answers) {
      const found = new Map(answers.flatMap(({ rows }) => rows).map((row) => [String((row as FieldValues)['id']), row]))
      for (const { holder, name } of places) if (holder[name]) holder[name] = replaced(holder[name], found)
    },
  }
}

/** Where links stand: under a name of a row, or of a document inside of it. */
interface Place {
  readonly holder: FieldValues
  readonly name: string
}

function placesAt(holder: FieldValues, [name, ...rest]: readonly string[]): readonly Place[] {
  if (name === undefined) return []
  if (rest.length === 0) return [{ holder, name }]
  return itemsIn(holder[name]).flatMap((item) => (isObject(item) ? placesAt(item as FieldValues, rest) : []))
}

function planIncoming(prefetch: IncomingPrefetch, parents: readonly FieldValues[]): Plan {
  const { name } = prefetch
  const owners = parents.flatMap(({ id }) => idsIn(id))
  return {
    selects: selectIncoming(prefetch, unique(owners)),
    put(answers) {
      const found = new Map<string, unknown[]>(owners.map((owner) => [String(owner), []]))
      for (const { owner, raw, rows } of answers) {
        for (const [index, row] of rows.entries())
          for (const each of unique(owner ? [owner] : ownersOf(raw[index]))) found.get(String(each))?.push(row)
      }
      for (const parent of parents) attach(parent, name, found.get(String(parent['id'])) ?? [])
    },
  }
}

/** A plain object has it like its other values; of a document it is no field, and so not to be found among those. */
function attach(parent: FieldValues, name: string, value: unknown): void {
  const enumerable = Object.getPrototypeOf(parent) === Object.prototype
  Object.defineProperty(parent, name, { value, enumerable, writable: true, configurable: true })
}

function idsIn(value: unknown): readonly RecordId[] {
  return itemsIn(value).filter((item) => item instanceof RecordId)
}

/** The items of lists and sets, those in them included; anything else is the only one. */
function itemsIn(value: unknown): readonly unknown[] {
  return isItems(value) ? [...value].flatMap(itemsIn) : [value]
}

function isItems(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set
}

function unique(ids: readonly RecordId[]): readonly RecordId[] {
  return [...new Map(ids.map((id) => [String(id), id])).values()]
}

/** What was not found stays an id. */
function replaced(value: unknown, found: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, found))
  if (value instanceof Set) return new Set([...value].map((item) => replaced(item, found)))
  return value instanceof RecordId ? (found.get(String(value)) ?? value) : value
}
