import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Uuid } from '../../../src/index.js'
import {
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
  FloatField,
  IntField,
  IPAddressField,
  LiteralField,
  ModelDefinitionError,
  NumberField,
  RangeField,
  SlugField,
  StringField,
  surql,
  TableField,
  URLField,
  UUIDField,
  type FieldDecorator,
} from '../../../src/index.js'
import { issuesOf } from './field-issues.js'

const wrong = (options: unknown) => options as never
const any = (field: unknown) => field as FieldDecorator<never>

describe('options that contradict each other, or say nothing', () => {
  it.each<[string, () => unknown, string]>([
    ['length beside maxLength', () => StringField({ length: 2, maxLength: 3 }), 'length says all'],
    ['a negative length', () => StringField({ minLength: -1 }), 'minLength is a whole number'],
    ['a fraction as length', () => BytesField({ length: 1.5 }), 'length is a whole number'],
    ['NaN as length', () => BytesField({ maxLength: NaN }), 'maxLength is a whole number'],
    [
      'minLength above maxLength',
      () => BytesField({ minLength: 3, maxLength: 2 }),
      'minLength 3 is above maxLength 2.',
    ],
    ['no choices', () => StringField({ choices: [] }), 'choices is empty'],
    ['a choice that is too long', () => StringField({ choices: ['long'], maxLength: 3 }), 'One of the choices'],
    ['a choice that is no address', () => EmailField({ choices: ['x'] }), 'One of the choices'],
    ['min above max', () => NumberField({ min: 2n, max: 1 }), 'min 2 is above max 1.'],
    ['NaN as limit', () => FloatField({ min: NaN }), 'min is nothing that a value can be compared with.'],
    ['decimal limits', () => DecimalField({ min: '0.2', max: 0.1 }), 'min 0.2 is above max 0.1.'],
    ['a decimal limit that is none', () => DecimalField({ min: 'x' }), 'A limit of a DecimalField'],
    ['dates', () => DateTimeField({ min: new Date(1), max: new Date(0) }), 'min 1970-01-01T00:00:00.001Z is above max'],
    [
      'an invalid date',
      () => DateTimeField({ min: new Date(NaN) }),
      'min is nothing that a value can be compared with.',
    ],
    [
      'moments',
      () => DateTimeField({ precision: 'nanosecond', min: new DateTime([0, 2]), max: new DateTime([0, 1]) }),
      'is above max',
    ],
    ['another precision', () => DateTimeField(wrong({ precision: 'second' })), "precision is 'millisecond' or"],
    ['durations', () => DurationField({ min: '2h', max: new Duration('1h') }), 'min 2h is above max 1h.'],
    ['a duration that is none', () => DurationField({ max: 'soon' }), 'A limit of a DurationField'],
    ['an empty list of schemes', () => URLField({ schemes: [] }), 'schemes are names in lower case'],
    ['a scheme with a colon', () => URLField({ schemes: ['https:'] }), 'schemes are names in lower case'],
    ['another version', () => IPAddressField(wrong({ version: 5 })), 'version is 4 or 6'],
    ['a default of another kind', () => IntField(wrong({ default: 'x' })), 'The default is none that this'],
    ['a default beyond the limits', () => StringField({ default: 'long', maxLength: 3 }), 'The default is none that'],
    ['a default that is no choice', () => ChoiceField(['a'], wrong({ default: 'b' })), 'The default is none that'],
    ['a default null of what is required', () => IntField({ required: true, default: null }), 'the default null'],
    ['no tables', () => TableField({ tables: [] }), 'tables is empty'],
    ['a range of nothing', () => RangeField(wrong(undefined)), 'A RangeField is told what it is a range of'],
    ['no literals', () => LiteralField(), 'A LiteralField needs at least one value.'],
    ['a literal twice', () => LiteralField('a', 'a'), 'A LiteralField has a value twice'],
    ['a literal that is not finite', () => LiteralField(NaN), 'A LiteralField takes'],
    ['a literal that is too large', () => LiteralField(2 ** 53), 'A LiteralField takes'],
    ['half a character', () => LiteralField('\ud800'), 'A LiteralField takes'],
    ['no choice', () => ChoiceField([]), 'A ChoiceField needs at least one value.'],
    ['an object as choice', () => ChoiceField(wrong([{}])), 'A ChoiceField takes'],
  ])('%s', (_name, define, message) => {
    expect(define).toThrow(ModelDefinitionError)
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_FIELD_OPTION' }))
    expect(define).toThrow(message)
  })
})

describe('a default that the field would not take', () => {
  const secret = 'sEcReT'

  it.each<[string, () => unknown]>([
    ['string', () => StringField({ default: secret, maxLength: 3 })],
    ['string of another kind', () => StringField({ default: wrong(1) })],
    ['int', () => IntField({ default: 5, max: 4 })],
    ['decimal', () => DecimalField({ default: wrong(secret) })],
    ['email', () => EmailField({ default: secret })],
    ['slug', () => SlugField({ default: `${secret}!` })],
    ['uuid', () => UUIDField({ default: wrong(secret) })],
    ['literal', () => LiteralField('a', { default: wrong(secret) })],
    ['choice', () => ChoiceField(['a'], { default: wrong(secret) })],
    ['file', () => FileField({ default: wrong(secret) })],
    ['date', () => DateTimeField({ default: new Date(NaN) })],
  ])('%s', (_name, define) => {
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_FIELD_OPTION' }))
    expect(define).not.toThrow(secret)
  })

  it('is not asked of a function, of an expression, or of null', () => {
    StringField({ default: () => 'long', maxLength: 1 })
    StringField({ default: surql`rand::uuid()`, maxLength: 1 })
    StringField({ default: null, maxLength: 1 })
    expect(() => StringField({ default: 'a', validators: [() => 'never'] })).not.toThrow()
  })
})

describe('limits', () => {
  it.each<[string, FieldDecorator<never>, readonly unknown[], readonly unknown[]]>([
    ['number', any(NumberField({ min: 0, max: 5n })), [0, 5n, new Decimal('4.9')], [-1, 6n, new Decimal('5.01'), NaN]],
    ['float', any(FloatField({ min: 0 })), [0, Infinity], [-0.1, -Infinity, NaN]],
    [
      'decimal',
      any(DecimalField({ min: '0.01', max: 9 })),
      [new Decimal('0.01'), new Decimal('9.0')],
      [new Decimal('0')],
    ],
    ['date', any(DateTimeField({ max: new Date(0) })), [new Date(0), new Date(-1)], [new Date(1)]],
    [
      'moment',
      any(DateTimeField({ precision: 'nanosecond', min: new DateTime([0, 1]) })),
      [new DateTime([0, 1])],
      [new DateTime([0, 0])],
    ],
    ['duration', any(DurationField({ min: '1s', max: '1h' })), [new Duration('60m')], [new Duration('999ms')]],
    ['string', any(StringField({ length: 2 })), ['ab', '☃☃', '👩👩'], ['a', 'abc', '👩']],
    ['bytes', any(BytesField({ length: 2 })), [new Uint8Array(2)], [new Uint8Array(1), new Uint8Array(3)]],
    ['url', any(URLField({ schemes: ['ftp'] })), ['ftp://a/b'], ['https://a/b']],
    ['ip', any(IPAddressField({ version: 6 })), ['::1'], ['127.0.0.1']],
    ['email', any(EmailField({ maxLength: 15 })), ['ann@example.com'], ['anna@example.com', 'ann']],
  ])('%s', (_name, field, within, beyond) => {
    for (const value of within) expect(issuesOf(field, value)).toEqual([])
    for (const value of beyond) expect(issuesOf(field, value)).not.toEqual([])
  })
})

it('a UUID is made anew for each document', () => {
  for (const [word, version] of [
    ['v4', '4'],
    ['v7', '7'],
  ] as const) {
    const { field } = UUIDField({ default: word })
    const [one, two] = [field.defaultValue() as Uuid, field.defaultValue() as Uuid]
    expect(one.equals(two)).toBe(false)
    expect(one.toString()[14]).toBe(version)
  }
})

describe('types of the database', () => {
  enum Level {
    Low = 1,
    High = 2,
  }

  it.each<[FieldDecorator<never>, string]>([
    [any(LiteralField('a', 1, true)), '"a" | 1 | true'],
    [any(LiteralField('it"s \\ `x`', "'", '\n\u0000')), '"it\\"s \\\\ `x`" | "\'" | "\\u{a}\\u{0}"'],
    [any(LiteralField(-1, 1.5, 1e-7, -0)), '-1 | 1.5f | 1e-7f | 0'],
    [any(ChoiceField(Level)), 'int'],
    [any(ChoiceField({ A: 'a', B: 1.5 })), 'string | float'],
    [any(ChoiceField([true, 1, 'x', 2])), 'bool | int | string'],
    [any(TableField({ tables: ['a`b', 'c'] })), 'table<`a\\`b` | `c`>'],
    [any(FileField({ bucket: 'a b' })), 'file<`a b`>'],
  ])('of %#', ({ field }, type) => {
    expect(field.databaseType()).toBe(type)
  })

  it('a literal is read back as it was written', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 })
    fc.assert(
      fc.property(text, (value) => {
        const written = LiteralField(value).field.databaseType()
        const read = written
          .slice(1, -1)
          .replace(/\\(?:u\{([0-9a-f]+)\}|([^]))/g, (_all, code: string, plain: string) =>
            code === undefined ? plain : String.fromCodePoint(parseInt(code, 16)),
          )
        return read === value && !/(^|[^\\])(\\\\)*"./s.test(written.slice(1))
      }),
    )
  })
})
