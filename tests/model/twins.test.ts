import { expect, test } from '@jest/globals'
import * as everything from '../../src/index.js'
import {
  Connection,
  ConnectionRegistry,
  DatabaseFunction,
  Document,
  GroupedQuerySet,
  Manager,
  QuerySet,
  SoftDelete,
  Transaction,
} from '../../src/index.js'

/** What is asynchronous alone, and why. */
const WITHOUT_TWIN = new Set([
  'driver', // the official client is asynchronous
])

const base = (Document as unknown as () => { readonly prototype: object })()

const PLACES: Readonly<Record<string, object>> = {
  Connection: Connection.prototype,
  Transaction: Transaction.prototype,
  ConnectionRegistry,
  'a document': base.prototype,
  'a model': base,
  'what is deleted softly': SoftDelete(Document<unknown>()).prototype as object,
  QuerySet: QuerySet.prototype,
  Manager: Manager.prototype,
  GroupedQuerySet: GroupedQuerySet.prototype,
  DatabaseFunction: DatabaseFunction.prototype,
  'the package': everything,
}

/** A place and what it inherits, but for what every object and function has. */
function* layers(place: object): Generator<object> {
  const ends: readonly unknown[] = [null, Object.prototype, Function.prototype]
  for (let each = place; !ends.includes(each); each = Object.getPrototypeOf(each) as object) yield each
}

function functionsOf(place: object): Map<string, object> {
  const found = [...layers(place)].reverse().flatMap((layer) =>
    Object.getOwnPropertyNames(layer)
      .filter((name) => name !== 'constructor')
      .map((name) => [name, Object.getOwnPropertyDescriptor(layer, name)?.value as unknown] as const),
  )
  return new Map(found.filter((pair): pair is readonly [string, object] => typeof pair[1] === 'function'))
}

const isAsync = (run: object | undefined): boolean => run?.constructor.name === 'AsyncFunction'

test.each(Object.entries(PLACES))('every operation of %s exists twice', (_, place) => {
  const functions = functionsOf(place)
  const operations = [...functions].filter(([name, run]) => isAsync(run) && !WITHOUT_TWIN.has(name))
  for (const [name] of operations) expect([...functions.keys()]).toContain(`${name}Sync`)
  for (const name of [...functions.keys()].filter((each) => each.endsWith('Sync'))) {
    expect(isAsync(functions.get(name))).toBe(false)
    expect(functions.has(name.slice(0, -'Sync'.length)) || 'then' in place).toBe(true)
  }
})

/** The methods of the official driver, as the contract lists them. `live` gives what can be awaited, and iterated over. */
const DRIVER = [
  ...['signin', 'signup', 'authenticate', 'invalidate', 'info', 'use', 'let', 'unset', 'query', 'select', 'create'],
  ...['insert', 'insertRelation', 'update', 'upsert', 'merge', 'patch', 'delete', 'relate', 'run'],
  ...['live', 'kill', 'version', 'export', 'import'],
]

test.each(['Connection', 'Transaction'])('a %s has the methods of the official driver', (place) => {
  const methods = functionsOf(PLACES[place]!)
  for (const name of DRIVER) {
    expect([name, methods.has(name), methods.has(`${name}Sync`)]).toEqual([name, true, true])
    if (name !== 'live') expect([name, isAsync(methods.get(name))]).toEqual([name, true])
  }
})

test('the test above sees the operations', () => {
  const all = Object.values(PLACES).flatMap((place) => [...functionsOf(place)].filter(([, run]) => isAsync(run)))
  expect(all.length).toBeGreaterThan(25)
})
