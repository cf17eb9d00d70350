import fc from 'fast-check'
import {
  BoundExcluded,
  BoundIncluded,
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Range,
  RecordId,
  Table,
  Uuid,
} from '../../../src/index.js'

/** Values at random that the database keeps as they are. */
export const anInteger: fc.Arbitrary<number | bigint> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  // the driver reads this one integer one off
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).filter((value) => value !== -(2n ** 53n) - 1n),
)

export const aFloat = fc.double().filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value))

/** 96 bits of digits, up to 28 of them behind the point. */
export const aDecimal = fc
  .record({ digits: fc.bigInt({ min: 0n, max: 2n ** 96n - 1n }), scale: fc.nat(28), isNegative: fc.boolean() })
  .map(({ digits, scale, isNegative }) => {
    const text = String(digits).padStart(scale + 1, '0')
    const whole = text.slice(0, text.length - scale)
    const fraction = text.slice(text.length - scale).replace(/0+$/, '')
    const sign = isNegative && digits !== 0n ? '-' : ''
    return new Decimal(`${sign}${whole}${fraction && '.'}${fraction}`)
  })

export const aDate = fc.date({
  min: new Date('-009999-01-01T00:00:00Z'),
  max: new Date('+099999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

export const aMoment = fc
  .record({
    second: fc.integer({ min: Date.UTC(-9999, 0) / 1000, max: Date.UTC(99_999, 11) / 1000 }),
    nanosecond: fc.nat(999_999_999),
  })
  .map(({ second, nanosecond }) => new DateTime([second, nanosecond]))

export const aDuration = fc
  .oneof(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 2n ** 63n * 10n ** 9n - 1n }))
  .map((nanoseconds) => Duration.nanoseconds(nanoseconds))

export const aUuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => new Uuid(bytes))

export const someBytes = fc.uint8Array({ maxLength: 100 })

export const aPattern = fc
  .record({
    source: fc.oneof(
      fc.string().map((text) => text.replace(/[^a-z0-9 /]/gi, '\\$&')),
      fc.constantFrom('^a|b$', '[/\\]]', '(?=x)'),
    ),
    flags: fc.subarray(['d', 'g', 'i', 'm', 's', 'y']).map((flags) => flags.join('')),
  })
  .map(({ source, flags }) => new RegExp(source, flags))

/** Names that a server takes: of at least one character, none of which is a control; `__proto__` is refused before. */
export const aName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((name) => name !== '__proto__')

export const aTable = aName.map((name) => new Table(name))

export const aFile = fc
  .record({ bucket: fc.stringMatching(/^[a-zA-Z0-9_]{1,20}$/), key: aName })
  .map(({ bucket, key }) => new FileRef(bucket, key))

/** What the lists and objects of keys hold. */
const { part: aKeyPart } = fc.letrec((tie) => ({
  part: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    // it comes back as a number wherever that is exact
    anInteger.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) + 0 : value)),
    fc.double({ noInteger: true }),
    fc.constantFrom(true, false, null, 'NONE', '5', 'person:1', '"', '\\', '\u0000', '}]', 'u"x"'),
    aMoment,
    aUuid,
    aDecimal,
    aDuration,
    fc.constantFrom(new RecordId('a b`⟩', 'c'), new RecordId('x', [1, { y: new RecordId('z\\', ['"']) }])),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('part'), { maxLength: 3 }),
  object: fc.dictionary(aName, tie('part'), { maxKeys: 3, noNullPrototype: true }),
}))

/** A key that is a list or an object. */
export const aKeyOfParts = aKeyPart.filter(
  (key) =>
    Array.isArray(key) || (typeof key === 'object' && key !== null && Object.getPrototypeOf(key) === Object.prototype),
)

export const aKey = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), aUuid, aKeyOfParts)

export const aRecordId = fc
  .record({ table: aName, key: aKey })
  .map(({ table, key }) => new RecordId(table, key as never))

/** Ranges of values of one kind, open or closed at either end. */
export function aRange<Value>(item: fc.Arbitrary<Value>): fc.Arbitrary<Range<Value, Value>> {
  const bound = fc.oneof(
    item.map((value) => new BoundIncluded(value)),
    item.map((value) => new BoundExcluded(value)),
    fc.constant(undefined),
  )
  return fc.tuple(bound, bound).map(([begin, end]) => new Range(begin, end))
}
