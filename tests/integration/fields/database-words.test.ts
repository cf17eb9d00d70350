import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  AnyField,
  ListField,
  RecordId,
  ReferenceField,
  SchemaError,
  surql,
  ValidationError,
} from '../../../src/index.js'
import { aKey } from '../../support/fields/arbitraries.js'
import { everywhere } from '../../support/everywhere.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'

// in a table with a schema, a required one takes no objects: the database was told of none
fieldMatrix<unknown[]>('ListField without a field', {
  make: (options) => ListField(undefined, options),
  isFoundByValue: true,
  values: [[], [1, 'two', true, [3, ['four']]], ['person:1', '2024-01-01T00:00:00Z', ''], [new RecordId('a', 1)]],
  refused: ['a', {}, [Symbol('no')], [() => 1], new Set([1])],
  arbitrary: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
})

const Typed = modelOf(
  'database_words_typed',
  {
    pair: AnyField({ type: surql`[int, string]`, required: true }) as never,
    nothing: AnyField({ type: surql`string | null`, required: true }) as never,
    kind: AnyField({ type: surql`none | { kind: 'a', size: int }` }) as never,
  },
  { schema: 'full' },
)

everywhere(
  'AnyField of a type',
  ({ mode }) => {
    test('keeps what the type takes, and the database refuses what it does not', async () => {
      await mode(Typed).defineTable()
      const fine = { pair: [1, 'x'], nothing: null }
      for (const given of [fine, { ...fine, nothing: 'a', kind: { kind: 'a', size: 2 } }]) {
        const made = (await mode(Typed).create(given as never)) as AnyDocument
        const loaded = (await mode(Typed).get(made.id as never)) as AnyDocument
        expect(loaded.toObject()).toEqual({ id: made.id, ...given })
      }
      const create = async (given: object): Promise<unknown> => mode(Typed).create(given as never)
      for (const wrong of [{ pair: [1, 2] }, { pair: null }, { nothing: 1 }, { kind: { kind: 'b', size: 2 } }])
        await expect(create({ ...fine, ...wrong })).rejects.toThrow(SchemaError)
      await expect(create({ pair: [1, 'x'] })).rejects.toThrow(ValidationError)
    })
  },
  ['mem', 'ws'],
)

const one = modelOf('database_words_one', {})
const two = modelOf('database_words_two', {})
fieldMatrix<unknown>('ReferenceField to several models', {
  make: (options) => ReferenceField(() => [one, two], options as never) as never,
  isFoundByValue: true,
  values: [
    new RecordId('database_words_one', 1),
    new RecordId('database_words_two', 'two:2'),
    new RecordId('database_words_one', ['a', 1]),
  ],
  refused: [new RecordId('other', 1), 'database_words_one:1', {}, new one({})],
  arbitrary: fc
    .tuple(fc.constantFrom('database_words_one', 'database_words_two'), aKey)
    .map(([table, key]) => new RecordId(table, key as never)),
})
