import { expect, test } from '@jest/globals'
import * as everything from '../../src/index.js'
import { Connection, ConnectionRegistry, Document, Manager, QuerySet } from '../../src/index.js'

/** What is asynchronous alone, and why. */
const WITHOUT_TWIN = new Set([
  'driver', // the official client is asynchronous
  'request', // internal
  'run', // internal; its twin is runSync
  'execute', // internal; its twin is executeSync
])

const base = (Document as unknown as () => { readonly prototype: object })()

const PLACES: Readonly<Record<string, object>> = {
  Connection: Connection.prototype,
  ConnectionRegistry,
  'a document': base.prototype,
  'a model': base,
  QuerySet: QuerySet.prototype,
  Manager: Manager.prototype,
  'the package': everything,
}

function functionsOf(place: object): Map<string, object> {
  const names = Object.getOwnPropertyNames(place).filter((name) => name !== 'constructor')
  const found = names.map((name) => [name, Object.getOwnPropertyDescriptor(place, name)?.value as unknown] as const)
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

test('the test above sees the operations', () => {
  const all = Object.values(PLACES).flatMap((place) => [...functionsOf(place)].filter(([, run]) => isAsync(run)))
  expect(all.length).toBeGreaterThan(25)
})
