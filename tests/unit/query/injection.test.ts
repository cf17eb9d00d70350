import assert from 'node:assert/strict'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DictField, EmbeddedField, IntField, ListField, Q, StringField } from '../../../src/index.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'
import type { ModelClass } from '../../../src/index.js'
import { readIdentifier } from '../surrealql/identifier-token.js'
import { Address } from './people.js'

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
]

const hostile = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ATTACKS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ATTACKS), fc.string()).map(([attack, text]) => text + attack) },
)
/** Two underscores part the steps of a path; what has a zero character is refused by models. */
const key = hostile.filter((text) => !text.includes('__') && !text.endsWith('_'))
const name = key.filter((text) => !text.includes('\u0000'))

/** What a statement is, whatever its names are called. */
function shapeOf(query: string): string {
  let shape = ''
  for (let rest = query; rest !== '';) {
    const identifier = readIdentifier(rest)
    shape += identifier ? '`' : rest[0]
    rest = identifier ? identifier.rest : rest.slice(1)
  }
  return shape
}

let count = 0

/** A model whose table and columns have these names. */
function modelNamed(table: string, column: string): ModelClass<AnyDocument> {
  return modelOf(`injection ${count++} ${table}`, {
    text: StringField({ dbField: `t${column}` }) as never,
    number: IntField({ dbField: `n${column}` }) as never,
    counts: DictField(IntField(), { dbField: `c${column}` }) as never,
    tags: ListField(StringField(), { dbField: `l${column}` }) as never,
    homes: ListField(
      EmbeddedField(() => Address),
      { dbField: `h${column}` },
    ) as never,
  })
}

/** Every statement there is, with a name and values in each place that takes one. */
function statements({ objects }: ModelClass<AnyDocument>, key: string, value: string): readonly string[] {
  const anything = objects as unknown as {
    filter(filter: unknown): typeof objects
    exclude(filter: unknown): typeof objects
  }
  const filters = [
    { text: value, [`counts__${key}`]: 1, tags__contains: value, homes__any__city: value, id: value },
    { text__in: [value, value], text__icontains: value, text__regex: value, tags__any__startswith: value },
    { counts__haskey: value, [`counts__${key}__gte`]: 2, text__between: [value, value], text__len: 3 },
    Q({ text: value })
      .or({ tags__containsany: [value] })
      .not(),
  ]
  return [
    ...filters.map((filter) => anything.filter(filter)),
    ...filters.map((filter) => anything.exclude(filter)),
    objects.orderBy('-text', `counts__${key}`, { collate: true }).limit(1).start(2),
    objects.values('text', `counts__${key}`, 'tags__0'),
    objects.only('text', 'counts'),
    objects.pluck(`counts__${key}`),
    objects.split('tags'),
  ].map((queryset) => queryset.toSurrealQL().query)
}

test('20,000 hostile names and values change no statement', () => {
  const expected = statements(modelNamed('table', 'column'), 'key', 'value').map(shapeOf)
  let checked = 0
  fc.assert(
    fc.property(
      name,
      name,
      fc.array(fc.tuple(key, hostile), { minLength: 10, maxLength: 10 }),
      (table, column, pairs) => {
        const model = modelNamed(table, column)
        for (const [key, value] of pairs) {
          statements(model, `k${key}`, value).forEach((query, index) => {
            assert.equal(shapeOf(query), expected[index])
            checked += 1
          })
        }
      },
    ),
    { numRuns: 160 },
  )
  expect(checked).toBeGreaterThan(20_000)
})
