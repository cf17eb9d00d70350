import assert from 'node:assert/strict'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isSameValue } from '../../../src/fields/same-value.js'
import {
  AnyField,
  BigIntField,
  BooleanField,
  BoundExcluded,
  BoundIncluded,
  BytesField,
  ChoiceField,
  DateTime,
  DateTimeField,
  Decimal,
  DecimalField,
  Duration,
  DurationField,
  EmailField,
  FileField,
  FileRef,
  FloatField,
  IntField,
  IPAddressField,
  ListField,
  LiteralField,
  NumberField,
  Range,
  RangeField,
  RecordId,
  RecordIDField,
  RegexField,
  SlugField,
  StringField,
  Table,
  TableField,
  URLField,
  Uuid,
  UUIDField,
  type FieldDecorator,
} from '../../../src/index.js'
import { toJsonValue } from '../../../src/persistence/plain-object.js'
import {
  aDate,
  aDecimal,
  aDuration,
  aFile,
  aFloat,
  aMoment,
  aKeyOfParts,
  anInteger,
  aPattern,
  aRange,
  aRecordId,
  aTable,
  aUuid,
  someBytes,
} from '../../support/fields/arbitraries.js'

const moments = () => DateTimeField({ precision: 'nanosecond' })
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(toJsonValue(value)))

describe('what toJSON() gives is read back', () => {
  const property = <Value>(name: string, field: FieldDecorator<Value>, values: fc.Arbitrary<Value>) =>
    [name, field, values] as [string, FieldDecorator<never>, fc.Arbitrary<unknown>]

  it.each([
    property('number', NumberField(), fc.oneof(aFloat, anInteger)),
    property('int', IntField(), anInteger),
    property('bigint', BigIntField(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    property('float', FloatField(), aFloat),
    property('decimal', DecimalField(), aDecimal),
    property('boolean', BooleanField(), fc.boolean()),
    property('date', DateTimeField(), aDate),
    property('moment', moments(), aMoment),
    property('duration', DurationField(), aDuration),
    property('uuid', UUIDField(), aUuid),
    property('bytes', BytesField(), someBytes),
    property('table', TableField(), aTable),
    property('file', FileField(), aFile),
    property('record id', RecordIDField(), aRecordId),
    property('string', StringField(), fc.string({ unit: 'binary' })),
    property('email', EmailField(), fc.constantFrom('ann@example.com')),
    property('url', URLField(), fc.webUrl()),
    property('ip', IPAddressField(), fc.oneof(fc.ipV4(), fc.ipV6())),
    property('slug', SlugField(), fc.stringMatching(/^[\w-]+$/)),
    property<unknown>('literal', LiteralField('a', 1, true), fc.constantFrom('a', 1, true)),
    property<unknown>('choice', ChoiceField([1, 'two']), fc.constantFrom(1, 'two')),
    property('any', AnyField(), fc.oneof(fc.string(), fc.boolean(), fc.array(fc.integer()))),
    property('range of integers', RangeField(IntField()), aRange(anInteger)),
    property('range of dates', RangeField(DateTimeField()), aRange(aDate)),
    property('range of text', RangeField(StringField()), aRange(fc.string())),
    property('list of decimals', ListField(DecimalField()), fc.array(aDecimal, { maxLength: 5 })),
    property('list of bytes', ListField(BytesField()), fc.array(someBytes, { maxLength: 5 })),
  ])('%s', (_name, { field }, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const read = field.zodType().parse(throughJson(value))
        assert(isSameValue(field.toDatabase(read), field.toDatabase(value)))
        assert(field.zodType().safeParse(value).success)
      }),
      { numRuns: 200 },
    )
  })

  it('a regular expression', () => {
    fc.assert(
      fc.property(aPattern, (pattern) =>
        assert.deepEqual(RegexField().field.zodType().parse(throughJson(pattern)), pattern),
      ),
      { numRuns: 200 },
    )
  })
})

it('the key of a record id is the same, value by value', () => {
  fc.assert(
    fc.property(aKeyOfParts, (key) => {
      const text = throughJson(new RecordId('person', key as never)) as string
      assert(isSameValue((RecordIDField().field.zodType().parse(text) as RecordId).id, key))
      assert.equal(throughJson(RecordIDField().field.zodType().parse(text)), text)
    }),
    { numRuns: 200 },
  )
})

describe('the form itself', () => {
  const range = (begin?: unknown, end?: unknown) =>
    new Range(begin as BoundIncluded<unknown>, end as BoundExcluded<unknown>)

  it.each<[unknown, unknown]>([
    [2n ** 63n - 1n, '9223372036854775807'],
    [7n, 7],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [new Decimal('1.50'), '1.5'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new DateTime('2024-01-01T00:00:00.000000001Z'), '2024-01-01T00:00:00.000000001Z'],
    [new DateTime([-1, 999_000_001]), '1969-12-31T23:59:59.999000001Z'],
    [new DateTime([1, 500_000_000]), '1970-01-01T00:00:01.500Z'],
    [new DateTime([1, 0]), '1970-01-01T00:00:01.000Z'],
    [new Duration('90m'), '1h30m'],
    [new Uuid('F0E1D2C3-b4a5-4678-9abc-def012345678'), 'f0e1d2c3-b4a5-4678-9abc-def012345678'],
    [new Uint8Array([0, 255]), 'AP8='],
    [/^a/i, '(?i)^a'],
    [/^a\/b/, '^a\\/b'],
    [new Table('a b'), '⟨a b⟩'],
    [new FileRef('photos', 'x y.png'), 'photos:/x\\ y.png'],
    [new RecordId('person', 'ann'), 'person:ann'],
    [new RecordId('person', '7'), 'person:⟨7⟩'],
    [
      new RecordId('my visit', ['Paris', new DateTime([-1, 999_000_001]), 2n ** 60n, 1.5, null]),
      '`my visit`:["Paris", d"1969-12-31T23:59:59.999000001Z", 1152921504606846976, 1.5f, NULL]',
    ],
    [
      new RecordId('visit', { at: new Uuid('f0e1d2c3-b4a5-4678-9abc-def012345678'), by: new RecordId('a', ['"']) }),
      'visit:{"at": u"f0e1d2c3-b4a5-4678-9abc-def012345678", "by": r"a:[\\"\\\\\\"\\"]"}',
    ],
    [range(new BoundIncluded(1), new BoundExcluded(5n)), { begin: { included: 1 }, end: { excluded: 5 } }],
    [range(undefined, new BoundIncluded(new Date(0))), { end: { included: '1970-01-01T00:00:00.000Z' } }],
    [range(), {}],
  ])('of %p', (value, form) => {
    expect(throughJson(value)).toEqual(form)
  })

  const NO_RECORD_IDS = [
    ...[
      '',
      'person',
      'person:',
      'a b:1',
      'person:u"x"',
      1,
      'a:[',
      'a:[1',
      'a:[1 2]',
      'a:[,]',
      'a:[1,]',
      'a:[x]',
      'a:[1]]',
    ],
    ...['a:{a: 1}', 'a:{"a"}', 'a:{"a": }', 'a:{u"a": 1}', 'a:[d"x"]', 'a:[u"x"]', 'a:[r"x"]', 'a:[q"x"]', 'a:["]'],
    ...['a:[9223372036854775808]', 'a:[1.5]', 'a:[1.2.3dec]', 'a:[1x]', '``:[1]', `a:${'['.repeat(10_000)}`],
  ]

  it.each<[string, FieldDecorator<never>, readonly unknown[]]>([
    ['int', IntField() as never, ['x', '', '1.5', '9223372036854775808', 1.5, true]],
    ['float', FloatField() as never, ['1.5', 'Inf', true]],
    ['number', NumberField() as never, ['', 'x', '1e5', true]],
    ['decimal', DecimalField() as never, [1, '', 'x', '1e5', '79228162514264337593543950336']],
    ['date', DateTimeField() as never, ['2024-01-01', '2024-01-01T00:00:00', '2024-13-01T00:00:00Z', '', 0]],
    ['duration', DurationField() as never, ['', '1', '-1h', '1 h', 3600]],
    ['uuid', UUIDField() as never, ['', 'f0e1d2c3', 1]],
    ['bytes', BytesField() as never, ['*', 'AP8', 1]],
    ['regex', RegexField() as never, ['(', '(?zz)a', 1]],
    ['table', TableField() as never, ['', 'a b', 1]],
    ['file', FileField() as never, ['', 'photos', 'photos:a', ':/a', 1]],
    ['record id', RecordIDField() as never, NO_RECORD_IDS],
    ['range', RangeField(IntField()) as never, ['1..5', { begin: 1 }, { begin: { included: 'x' } }, { start: 1 }]],
  ])('%s: what is none is refused', (_name, { field }, values) => {
    for (const value of values) expect([value, field.zodType().safeParse(value).success]).toEqual([value, false])
  })

  it.each<[string, FieldDecorator<never>, unknown, unknown]>([
    ['int', IntField({ max: 2 ** 53 - 1 }) as never, '5', '9007199254740993'],
    ['decimal', DecimalField({ min: '0.01' }) as never, '0.01', '0.009'],
    ['date', DateTimeField({ min: new Date(0) }) as never, '1970-01-01T00:00:00Z', '1969-12-31T23:59:59Z'],
    ['duration', DurationField({ max: '1h' }) as never, '60m', '61m'],
    ['bytes', BytesField({ length: 2 }) as never, 'AP8=', 'AP8A'],
    ['record id', RecordIDField({ table: 'a' }) as never, 'a:1', 'b:1'],
    ['file', FileField({ bucket: 'a' }) as never, 'a:/1', 'b:/1'],
    ['table', TableField({ tables: ['a'] }) as never, 'a', 'b'],
  ])('%s: its limits hold', (_name, { field }, within, beyond) => {
    expect(field.zodType().safeParse(within).success).toBe(true)
    expect(field.zodType().safeParse(beyond).success).toBe(false)
  })
})
