import fc from 'fast-check'
import {
  DateTime,
  Decimal,
  Duration,
  GeometryPoint,
  IntField,
  ListField,
  ObjectField,
  RecordId,
  StringField,
  type ObjectValue,
  Uuid,
} from '../../../src/index.js'
import { fieldMatrix } from '../../support/fields/field-matrix.js'

const ADDRESS = { city: StringField({ required: true, dbField: 'town' }), lines: ListField(StringField()) }

fieldMatrix<ObjectValue<typeof ADDRESS>>('ObjectField with names', {
  make: (options) => ObjectField(ADDRESS, options),
  values: [{ city: '' }, { city: 'Paris 🗼', lines: [] }, { city: 'Köln', lines: ['a', ''] }],
  refused: ['x', [], {}, { city: 1 }, { city: 'x', lines: 'y' }, { city: 'x', zip: '1' }, { city: 'x', town: 'y' }],
  arbitrary: fc.record(
    { city: fc.string({ unit: 'binary' }), lines: fc.array(fc.string({ unit: 'binary' })) },
    { requiredKeys: ['city'] },
  ),
  takesNull: false,
})

const cyclic: Record<string, unknown> = {}
cyclic['self'] = [cyclic]
const deep = JSON.parse('{"a":'.repeat(150) + '1' + '}'.repeat(150)) as Record<string, unknown>

/** What comes back as it was given. */
const stored = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    // the driver makes a number of 2^53 itself
    fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 63n - 1n }),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(fc.string({ unit: 'binary', maxLength: 5 }), tie('value')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
})).object as fc.Arbitrary<Record<string, unknown>>

const ANY_OBJECTS = [
  {},
  { a: { b: { c: [1, [2, { d: null }]] } }, '': 'empty', 'x.y': 1, '`': 2, '🎉': 3 },
  { decimal: new Decimal('1.50'), uuid: new Uuid('f0e1d2c3-b4a5-4678-9abc-def012345678'), big: 2n ** 62n },
  { when: new DateTime([1, 123456789]), duration: new Duration('1h30m'), link: new RecordId('person', 'ann') },
  { point: new GeometryPoint([1, 2]), set: new Set([1, 2]), nan: NaN, text: 'person:1' },
]

fieldMatrix<Readonly<Record<string, unknown>>>('ObjectField without names', {
  make: (options) => ObjectField(undefined, options),
  values: ANY_OBJECTS,
  refused: [
    'x',
    [],
    1,
    { f: () => 1 },
    { s: Symbol('no') },
    cyclic,
    deep,
    { regex: /a/ },
    { map: new Map() },
    { n: 2 ** 60 },
  ],
  arbitrary: stored,
})

fieldMatrix('ObjectField that is flexible', {
  make: (options) => ObjectField({ known: IntField() }, { ...options, flexible: true }),
  values: [{}, { known: 1 }, { known: 1, other: { deep: [1] } } as object],
  arbitrary: fc
    .tuple(fc.option(fc.maxSafeInteger(), { nil: undefined }), stored)
    .map(([known, { known: _, ...others }]) => ({ ...others, ...(known !== undefined && { known }) })),
  refused: [{ known: 'x' }, { other: () => 1 }],
  takesNull: false,
})
