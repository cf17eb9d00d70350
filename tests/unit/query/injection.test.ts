import assert from 'node:assert/strict'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { SurrealEngineError } from '../../../src/index.js'
import { readingPlaces, refusingPlaces, type Place } from '../../support/hostile/reading-places.js'
import { shapeOf } from '../../support/hostile/recorder.js'
import { modelsNamed, worldOf, type Models, type World } from '../../support/hostile/world.js'
import { refusingWrites, writingPlaces } from '../../support/hostile/writing-places.js'

/** Text that would mean something if it ever stood in a statement as it is. */
const ATTACKS = [
  "' OR true --",
  '" OR true --',
  '`; REMOVE TABLE person; --',
  '\\`; REMOVE TABLE person; --',
  '⟩; DELETE person; --',
  '$p0',
  '${x}',
  '*',
  'a.b',
  'a[0]',
  'id',
  'NONE',
  'person:1',
  'type::table("x")',
  '\n-- ',
  '/* */',
  '; CREATE x',
  '\u0000',
  '\u2028',
  '🎉`🎉',
  '\\',
  '\\\\`',
  '__proto__',
  'constructor',
]

const hostile = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ATTACKS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ATTACKS), fc.string()).map(([attack, text]) => text + attack) },
)
/** Two underscores part the steps of a path; what has a zero character is refused by models. */
const key = hostile.filter((text) => !text.includes('__') && !text.startsWith('_') && !text.endsWith('_'))
const name = key.filter((text) => !text.includes('\u0000'))

/** The texts that a place sends, and whether it was refused. */
function sent(place: Place, world: World): { readonly shapes: readonly string[]; readonly error: unknown } {
  const shapes = (): readonly string[] => world.connection.texts.map(shapeOf)
  try {
    place(world)
    return { shapes: shapes(), error: undefined }
  } catch (error) {
    if (error instanceof SurrealEngineError) return { shapes: shapes(), error }
    throw error
  }
}

const attempts = (runs: number, pairs: number, check: (models: Models, key: string, value: string) => void): void =>
  fc.assert(
    fc.property(
      name,
      name,
      fc.array(fc.tuple(key, hostile), { minLength: pairs, maxLength: pairs }),
      (table, column, all) => {
        const models = modelsNamed(table, column)
        for (const [each, value] of all) check(models, `k${each}`, value)
      },
    ),
    { numRuns: runs, endOnFailure: true },
  )

test('20,000 hostile names and values, in every place that takes one, change no statement', () => {
  const places = Object.entries({ ...readingPlaces, ...writingPlaces })
  const harmless = modelsNamed('table', 'column')
  const expected = new Map(places.map(([where, place]) => [where, sent(place, worldOf(harmless, 'key', 'value'))]))
  for (const [where, { shapes, error }] of expected) {
    const unsent = shapes.length === 0 ? String(error) : ''
    assert.equal(unsent, '', `${where} sends nothing`)
  }
  let checked = 0
  attempts(28, 10, (models, each, value) => {
    for (const [where, place] of places) {
      const { shapes, error } = sent(place, worldOf(models, each, value))
      checked += 1
      // no field is called so
      if (shapes.length === 0 && error !== undefined && each.includes('\u0000')) continue
      assert.deepEqual(shapes, expected.get(where)!.shapes, where)
    }
  })
  expect(checked).toBeGreaterThan(20_000)
}, 120_000)

test('a hostile name where the model has none is refused before anything is sent', () => {
  const places = Object.entries({ ...refusingPlaces, ...refusingWrites })
  let refused = 0
  attempts(10, 10, (models, each, value) => {
    for (const [where, place] of places) {
      const { shapes, error } = sent(place, worldOf(models, each, `${value}!`))
      assert.deepEqual([shapes, error === undefined], [[], false], where)
      refused += 1
    }
  })
  expect(refused).toBeGreaterThan(5_000)
})
