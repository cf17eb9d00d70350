import { ownersOf, selectIncoming, selectLinked, withoutOwners, type PrefetchSelect } from '../query/prefetch.js'
import type { IncomingPrefetch, LinkPrefetch, Prefetch, Query } from '../query/query.js'
import type { FieldValues } from './document-state.js'
import { RecordId } from '../values.js'
import type { Operation } from './operation.js'
import { lacksId, readRows } from './read-rows.js'
import { selectAll } from './select-or.js'

/** What a query asks for, from the rows of an answer: with what is to be loaded along. */
export function* completeRows(query: Query, raw: readonly unknown[]): Operation<readonly unknown[]> {
  const rows = readRows(query, raw)
  if (query.prefetch) yield* loadAlong(query.prefetch, rows as readonly FieldValues[])
  return rows
}

function* loadAlong(prefetches: readonly Prefetch[], parents: readonly FieldValues[]): Operation<void> {
  if (parents.length === 0) return
  const plans = prefetches.map((prefetch) => planOf(prefetch, parents))
  const selects = plans.flatMap((plan) => plan.selects)
  const answers = yield* answersOf(selects)
  const loaded = new Map<PrefetchSelect, Answer>()
  for (const query of new Set(selects.map((select) => select.query))) {
    const own = selects.flatMap((select, index) => (select.query === query ? [{ select, raw: answers[index]! }] : []))
    // all at once, so that what is loaded along with these is one round trip, too
    const rows = yield* completeRows(
      query,
      own.flatMap(({ raw }) => raw.map(withoutOwners)),
    )
    let position = 0
    for (const { select, raw } of own)
      loaded.set(select, { owner: select.owner, raw, rows: rows.slice(position, (position += raw.length)) })
  }
  for (const { selects: own, put } of plans) put(own.map((select) => loaded.get(select)!))
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

function planOf(prefetch: Prefetch, parents: readonly FieldValues[]): Plan {
  return prefetch.kind === 'link' ? planLinks(prefetch, parents) : planIncoming(prefetch, parents)
}

function planLinks(prefetch: LinkPrefetch, parents: readonly FieldValues[]): Plan {
  const { name } = prefetch
  const ids = parents.flatMap((parent) => idsIn(parent[name]))
  return {
    selects: selectLinked(prefetch, unique(ids)),
    put(answers) {
      const found = new Map(answers.flatMap(({ rows }) => rows).map((row) => [String((row as FieldValues)['id']), row]))
      for (const parent of parents) if (parent[name]) parent[name] = replaced(parent[name], found)
    },
  }
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
  if (Array.isArray(value)) return value.flatMap(idsIn)
  return value instanceof RecordId ? [value as RecordId] : []
}

function unique(ids: readonly RecordId[]): readonly RecordId[] {
  return [...new Map(ids.map((id) => [String(id), id])).values()]
}

/** What was not found stays an id. */
function replaced(value: unknown, found: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, found))
  return value instanceof RecordId ? (found.get(String(value)) ?? value) : value
}
