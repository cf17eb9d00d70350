import { afterAll, beforeAll, describe, jest, test } from '@jest/globals'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { createConnection, schemaDiff, type Connection, type SchemaDiff } from '../../../src/index.js'
import { unescapeName } from '../../../src/migration/field-tree.js'
import { splitOutside } from '../../../src/migration/split-outside.js'
import {
  ARBITRARY,
  definitionsOf,
  NAMES,
  randomDefinitions,
  textOf,
  type RandomDefinitions,
} from '../../support/schema/random-definitions.js'

/** `RANDOM_DEFINITIONS=1000 RANDOM_SEED=1` for another number of definitions, and those of a seed. */
const RUNS = Number(process.env['RANDOM_DEFINITIONS'] ?? 25)
const SEED = process.env['RANDOM_SEED']
const options = { numRuns: RUNS, ...(SEED && { seed: Number(SEED) }), endOnFailure: true, reporter: tell }

/** What fast-check says of definitions is longer than what helps. */
function tell<Values>({ failed, seed, numRuns, errorInstance }: fc.RunDetails<Values>): void {
  if (failed)
    throw new Error(`seed ${seed}, run ${numRuns}: ${(errorInstance as Error).message}`, { cause: errorInstance })
}

type Difference = SchemaDiff['differences'][number]
jest.setTimeout(60_000 + RUNS * 300)

const NOTHING: SchemaDiff = { differences: [], apply: '', applyAll: '' }

/** One thing of the definitions, as a difference names it. */
interface Thing {
  readonly kind: 'table' | 'field' | 'index' | 'event' | 'object'
  readonly table?: string
  readonly name: string
}
interface Changed {
  readonly before: RandomDefinitions
  readonly after: RandomDefinitions
  readonly thing: Thing
}

const KINDS = { fields: 'field', indexes: 'index', events: 'event' } as const
const tablePart = fc.constantFrom('options', 'fields', 'indexes', 'events')
const change: fc.Arbitrary<Changed> = randomDefinitions.chain((before): fc.Arbitrary<Changed> => {
  const ofTable: fc.Arbitrary<Changed> = fc
    .tuple(fc.constantFrom(...Object.keys(before.tables)), tablePart)
    .chain(([table, part]): fc.Arbitrary<Changed> => {
      const changed = (value: object): RandomDefinitions => ({
        ...before,
        tables: { ...before.tables, [table]: { ...before.tables[table]!, [part]: value } },
      })
      if (part === 'options')
        return ARBITRARY.options.map((value) => ({
          before,
          after: changed(value),
          thing: { kind: 'table' as const, name: table },
        }))
      return fc
        .tuple(fc.constantFrom(...NAMES[part]), fc.option(ARBITRARY[part] as fc.Arbitrary<object>, { freq: 4 }))
        .map(([name, value]) => {
          const { [name]: _, ...others } = before.tables[table]![part] as Record<string, object>
          const kind = KINDS[part]
          return {
            before,
            after: changed(value === null ? others : { ...others, [name]: value }),
            thing: { kind: kind as Thing['kind'], table, name },
          }
        })
    })
  const ofDatabase = fc.constantFrom(...Object.keys(ARBITRARY.objects)).chain((name) =>
    ARBITRARY.objects[name]!.map((object) => ({
      before,
      after: { ...before, objects: { ...before.objects, [name]: object } },
      thing: { kind: 'object' as const, name },
    })),
  )
  const ofView = fc.option(ARBITRARY.views).map((view) => ({
    before,
    after: { ...before, views: (view === null ? {} : { 'random view': view }) as RandomDefinitions['views'] },
    thing: { kind: 'table' as const, name: 'random view' },
  }))
  return fc.oneof({ arbitrary: ofTable, weight: 4 }, { arbitrary: ofDatabase, weight: 2 }, ofView)
})

describe('random definitions', () => {
  let connection: Connection
  beforeAll(async () => {
    connection = await createConnection({
      url: 'mem://',
      namespace: 'random',
      database: 'first',
      makeDefault: true,
      operationTimeout: '60s',
    }).connect()
  })
  afterAll(() => connection.close())

  let databases = 0
  /** An empty database, which costs less than emptying one. */
  async function startAnew(): Promise<void> {
    const name = `random_${++databases}`
    await connection.query(`REMOVE DATABASE IF EXISTS \`${connection.database}\`; DEFINE DATABASE ${name}`)
    await connection.use({ database: name })
  }
  /** What is different in a database that has the one and is to have the other, and whether applying that settles it. */
  async function move(before: RandomDefinitions, after: RandomDefinitions, thing?: Thing): Promise<void> {
    await startAnew()
    const { definitions, suffix } = definitionsOf(after)
    await connection.query(textOf(before, suffix, connection.serverVersion))
    const found = await schemaDiff(connection, definitions)
    if (thing) {
      for (const difference of found.differences)
        assert.ok(isOf(difference, thing, suffix), JSON.stringify({ difference, thing }))
    }
    if (found.applyAll)
      await connection.query(found.applyAll).catch((error: Error) => {
        throw new Error(`${error.message}: ${found.applyAll}`)
      })
    const left = await schemaDiff(connection, definitions)
    assert.deepEqual(left, NOTHING, JSON.stringify({ left: left.differences, found: found.applyAll }, null, 1))
  }

  test('applied, and applied again, they leave nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(randomDefinitions, async (random) => {
        await startAnew()
        const { definitions, suffix } = definitionsOf(random)
        const text = textOf(random, suffix, connection.serverVersion)
        await connection.query(text)
        await connection.query(text)
        assert.deepEqual(await schemaDiff(connection, definitions), NOTHING)
      }),
      options,
    )
  })

  test('one change is told by its name, and can be applied', async () => {
    await fc.assert(
      fc.asyncProperty(change, ({ before, after, thing }) => move(before, after, thing)),
      options,
    )
  })

  test('from any to any other', async () => {
    await fc.assert(
      fc.asyncProperty(randomDefinitions, randomDefinitions, (before, after) => move(before, after)),
      options,
    )
  })
})

/** A field has its indexes and the sequence it names; a table has its ends when it becomes a relation, and FLEXIBLE in its fields only with a schema. */
function isOf({ kind, table, name, change }: Difference, thing: Thing, suffix: string): boolean {
  switch (kind) {
    case 'field':
      if (thing.kind === 'table')
        return table === `${thing.name}${suffix}` && (change === 'different' || name === 'in' || name === 'out')
      return table === `${thing.table}${suffix}` && unescapeName(splitOutside(name, '.')[0]!) === thing.name
    case 'index':
    case 'event':
      return table === `${thing.table}${suffix}` && name.includes(thing.name)
    case 'table':
      return name === `${thing.name}${suffix}`
    case 'sequence':
      return name === thing.name || (thing.kind === 'field' && name === 'random numbers')
    default:
      return name === thing.name
  }
}
