import { describe, expect, it } from '@jest/globals'
import {
  BooleanField,
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordId,
  RecordIDField,
  ReferenceField,
  StringField,
  type FieldDecorator,
} from '../../../src/index.js'
import { issuesOf } from './field-issues.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @IntField({ min: 1 }) floor?: number
}

@Embeddable()
class Other extends EmbeddedDocument<Other>() {
  @StringField() city?: string
}

@Collection('validation_company')
class Company extends Document<Company>() {
  @StringField() name?: string
}

type AnyField = FieldDecorator<never>
const field = (decorator: unknown) => decorator as AnyField
const SECRET = 'sEcReT-4711'

describe('a value of its kind', () => {
  it.each<[string, AnyField, readonly unknown[]]>([
    ['string', field(StringField()), ['', 'x', 'person:1', '👩‍🚀']],
    ['short string', field(StringField({ minLength: 1, maxLength: 2 })), ['x', 'xy', '👩']],
    ['string of a pattern', field(StringField({ pattern: /^a+$/g })), ['a', 'aa', 'aaa']],
    ['string of a choice', field(StringField({ choices: ['a', 'b'] })), ['a', 'b']],
    ['int', field(IntField()), [0, -0, -1, Number.MAX_SAFE_INTEGER, 10n, 2n ** 63n - 1n, -(2n ** 63n)]],
    ['int with limits', field(IntField({ min: 0, max: 5 })), [0, 5, 0n, 5n]],
    ['float', field(FloatField()), [0, 1.5, NaN, Infinity, -Infinity, 1e-300, 2 ** 53 - 1]],
    ['float with limits', field(FloatField({ min: -90, max: 90 })), [-90, 0.1, 90]],
    ['boolean', field(BooleanField()), [true, false]],
    ['datetime', field(DateTimeField()), [new Date(0)]],
    ['list', field(ListField(StringField(), { minLength: 1, maxLength: 2 })), [['a'], ['a', 'b']]],
    ['embedded', field(EmbeddedField(() => Address)), [new Address({ city: 'Paris' }), { city: 'Paris', floor: 1 }]],
    [
      'reference',
      field(ReferenceField(() => Company)),
      [new RecordId('validation_company', 1), new Company({ id: 'acme' })],
    ],
    ['record id', field(RecordIDField()), [new RecordId('any', 1)]],
    ['record id of a table', field(RecordIDField({ table: 'one' })), [new RecordId('one', 1)]],
  ])('is fine: %s', (_, decorator, values) => {
    for (const value of values) expect(issuesOf(decorator, value)).toEqual([])
  })
})

describe('a value that is not', () => {
  const WHOLE = 'must be a whole number: a safe integer, or a bigint of 64 bits'

  it.each<[string, AnyField, readonly unknown[], string | RegExp]>([
    ['string', field(StringField()), [1, true, [SECRET], {}, new Date()], /string/],
    ['short string', field(StringField({ maxLength: 2 })), ['abc', SECRET], /2/],
    ['long string', field(StringField({ minLength: 2 })), ['', 'a'], /2/],
    ['string of a pattern', field(StringField({ pattern: /^a+$/g })), ['', 'b', SECRET], /a\+/],
    ['string of a choice', field(StringField({ choices: ['a', 'b'] })), ['c', SECRET], 'must be one of a, b'],
    ['int', field(IntField()), [1.5, NaN, Infinity, 2 ** 53, 2n ** 63n, SECRET, true], WHOLE],
    ['int below', field(IntField({ min: 0 })), [-1, -1n], 'must be at least 0'],
    ['int above', field(IntField({ max: 5 })), [6, 6n], 'must be at most 5'],
    ['float', field(FloatField()), [1n, SECRET, true], 'must be a number'],
    ['float beyond 2^53', field(FloatField()), [2 ** 53, -1e300], /^is a whole number beyond 2\^53/],
    ['float below', field(FloatField({ min: 0 })), [-0.5, -Infinity, NaN], 'must be at least 0'],
    ['boolean', field(BooleanField()), [0, 'true'], /boolean/],
    ['datetime', field(DateTimeField()), ['2024-01-01', 0, new Date(NaN)], /date/],
    ['list', field(ListField(StringField())), ['a', {}, new Set(['a'])], /array/],
    ['short list', field(ListField(StringField(), { minLength: 2 })), [[], ['a']], /2/],
    ['long list', field(ListField(StringField(), { maxLength: 1 })), [['a', 'b']], /1/],
    [
      'embedded',
      field(EmbeddedField(() => Address)),
      [SECRET, [], new Date(), new Other({ city: 'x' }), new Company(), new RecordId('a', 1), new Map()],
      'must be Address, or an object with its fields',
    ],
    [
      'reference',
      field(ReferenceField(() => Company)),
      [SECRET, 1, {}, new Company({ name: SECRET })],
      'must be a saved Company, or its RecordId; save the document first',
    ],
    [
      'reference to another table',
      field(ReferenceField(() => Company)),
      [new RecordId('other', SECRET)],
      'must be a record of the table validation_company',
    ],
    ['record id', field(RecordIDField()), ['person:1', {}], 'must be a RecordId: new RecordId(table, key)'],
    [
      'record id of a table',
      field(RecordIDField({ table: 'one' })),
      [new RecordId('two', SECRET)],
      'must be a record id of the table one',
    ],
  ])('is one issue, which does not show it: %s', (_, decorator, values, message) => {
    for (const value of values) {
      const issues = issuesOf(decorator, value)
      expect(issues[0]).toEqual({
        path: ['it'],
        code: expect.any(String),
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      })
      expect(JSON.stringify(issues)).not.toContain(SECRET)
    }
  })

  it('is named with its place inside a list', () => {
    expect(issuesOf(field(ListField(IntField({ min: 0 }))), [1, -1, 'x'])).toEqual([
      { path: ['it', 1], code: 'custom', message: 'must be at least 0' },
      expect.objectContaining({ path: ['it', 2], message: WHOLE }),
    ])
  })

  it('is named with its place inside an embedded document', () => {
    const address = new Address({ floor: 0 })
    const places = (value: unknown) => issuesOf(field(ListField(EmbeddedField(() => Address))), [value])
    expect(places(address)).toEqual([
      { path: ['it', 0, 'city'], code: 'required', message: 'is required; give it a value' },
      { path: ['it', 0, 'floor'], code: 'custom', message: 'must be at least 1' },
    ])
    expect(places({ city: 'Paris', town: SECRET })).toEqual([
      { path: ['it', 0, 'town'], code: 'unknown_field', message: 'is no field of Address' },
    ])
  })
})

describe('no value', () => {
  const required = { path: ['it'], code: 'required', message: 'is required; give it a value' }

  it('is fine for an optional field', () => {
    for (const value of [undefined, null]) expect(issuesOf(field(StringField()), value)).toEqual([])
  })

  it('is not for a required one', () => {
    for (const value of [undefined, null]) {
      expect(issuesOf(field(StringField({ required: true })), value)).toEqual([required])
      expect(issuesOf(field(ListField(StringField(), { required: true })), value)).toEqual([required])
    }
  })

  it('cannot be null where the database knows fields inside', () => {
    expect(issuesOf(field(EmbeddedField(() => Address)), null)).toEqual([
      { path: ['it'], code: 'not_nullable', message: 'cannot be null; set it to undefined to remove it' },
    ])
    expect(issuesOf(field(EmbeddedField(() => Address)), undefined)).toEqual([])
  })

  it.each([[['a', null]], [['a', undefined]], [Object.assign(['a', 'b', 'c'], { length: 4 })]])(
    'has no place in a list: %p',
    (list) => {
      expect(issuesOf(field(ListField(StringField())), list)).toEqual([
        { path: ['it', list.length - 1], code: 'required', message: 'is missing; a list has no gaps' },
      ])
    },
  )
})

describe('options that contradict themselves', () => {
  it.each<[string, () => unknown, string]>([
    ['min above max', () => IntField({ min: 2, max: 1 }), 'min 2 is above max 1.'],
    ['float min above max', () => FloatField({ min: 1, max: 0 }), 'min 1 is above max 0.'],
    ['lengths', () => StringField({ minLength: 3, maxLength: 2 }), 'minLength 3 is above maxLength 2.'],
    [
      'required, with null as its default',
      () => StringField({ required: true, default: null }),
      'A required field cannot have the default null; drop one of the two.',
    ],
  ])('%s', (_, define, message) => {
    expect(define).toThrow(expect.objectContaining({ code: 'INVALID_FIELD_OPTION', message }))
  })
})
