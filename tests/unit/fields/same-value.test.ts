import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { BoundIncluded, CborCodec } from 'surrealdb'
import { isSameValue } from '../../../src/fields/same-value.js'
import { DateTime, Decimal, Duration, GeometryPoint, Range, RecordId, Table, Uuid } from '../../../src/values.js'

const codec = new CborCodec({})
const bytesOf = (value: unknown) => Buffer.from(codec.encode(value)).toString('hex')

/** Values in the form the database stores them, each made anew at every call. */
const scalar = fc.oneof(
  fc.constantFrom<() => unknown>(
    () => null,
    () => true,
    () => false,
    () => NaN,
    () => 0,
    () => '',
    () => [],
    () => ({}),
  ),
  fc.maxSafeInteger().map((value) => () => value),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map((value) => () => value),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => () => value),
  fc.string().map((value) => () => value),
  fc.integer({ min: 0, max: 2 ** 40 }).map((time) => () => new DateTime(new Date(time))),
  fc.integer({ min: 0, max: 1e9 }).map((value) => () => new Decimal(String(value))),
  fc.integer({ min: 0, max: 1e9 }).map((value) => () => new Duration(`${value}ms`)),
  fc.uuid().map((text) => () => new Uuid(text)),
  fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 })).map(
    ([table, key]) =>
      () =>
        new RecordId(table, key),
  ),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => () => new Uint8Array(bytes)),
  fc.constantFrom<() => unknown>(
    () => new GeometryPoint([1, 2]),
    () => new Range(new BoundIncluded(1), undefined),
    () => new Table('a'),
    () => new Set([1, 'a']),
  ),
)

const { value: stored } = fc.letrec<{ value: () => unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => () => items.map((item) => item())),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), tie('value')), { maxLength: 3 })
      .map((entries) => () => Object.fromEntries(entries.map(([key, value]) => [key, value()]))),
  ),
}))

/** Keys in one order, so that equal objects have equal bytes. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}

describe('isSameValue', () => {
  it('is reflexive: two values made alike are the same', () => {
    fc.assert(
      fc.property(stored, (make) => {
        expect(isSameValue(make(), make())).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('is symmetric, and says what the bytes on their way to the database say', () => {
    let same = 0
    fc.assert(
      fc.property(stored, stored, (left, right) => {
        const equal = isSameValue(left(), right())
        expect(isSameValue(right(), left())).toBe(equal)
        expect(equal).toBe(bytesOf(sorted(left())) === bytesOf(sorted(right())))
        if (equal) same += 1
      }),
      { numRuns: 2000 },
    )
    expect(same).toBeGreaterThan(0)
  })

  it.each<[string, unknown, unknown]>([
    ['NaN', NaN, NaN],
    ['zero and minus zero, which the driver sends alike', 0, -0],
    ['a number and the bigint the driver makes of it', 5, 5n],
    ['a key without value, and no key', { a: 1, b: undefined }, { a: 1 }],
    ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
    ['dates', new Date(5), new Date(5)],
    ['invalid dates', new Date(NaN), new Date(NaN)],
    ['bytes in two wrappings', new Uint8Array([1, 2]), new Uint8Array([1, 2]).buffer],
    ['decimals written in two ways', new Decimal('1.0'), new Decimal('1.00')],
    ['durations written in two ways', new Duration('60s'), new Duration('1m')],
    ['record ids with an object for a key', new RecordId('a', { b: [1] }), new RecordId('a', { b: [1] })],
    ['a gap and undefined', new Array<unknown>(1), [undefined]],
  ])('takes for the same: %s', (_, left, right) => {
    expect(isSameValue(left, right)).toBe(true)
    expect(isSameValue(right, left)).toBe(true)
  })

  it.each<[string, unknown, unknown]>([
    ['null and undefined', null, undefined],
    ['a number and its text', 1, '1'],
    ['a number and a larger bigint', 1, 2n],
    ['a number beyond 2^53 and a bigint', 2 ** 53, 2n ** 53n + 1n],
    ['a double and an integer', 1.5, 1n],
    ['a list and an object', ['a'], { 0: 'a' }],
    ['a list and a set', [1], new Set([1])],
    ['an object and a record id', { tb: 'a', id: 1 }, new RecordId('a', 1)],
    ['a text and a record id', 'a:1', new RecordId('a', 1)],
    ['a key more', { a: 1 }, { a: 1, b: null }],
    ['lists of different lengths', [1], [1, 1]],
    ['a gap and a value', new Array<unknown>(1), ['a']],
    ['bytes and a list', new Uint8Array([1]), [1]],
    ['other bytes', new Uint8Array([1]), new Uint8Array([2])],
    [
      'moments one nanosecond apart',
      new DateTime('2024-01-01T00:00:00.000000001Z'),
      new DateTime('2024-01-01T00:00:00Z'),
    ],
    ['a decimal and a number', new Decimal('1'), 1],
    ['tables of other names', new Table('a'), new Table('b')],
    ['keys of other types', new RecordId('a', 1), new RecordId('a', '1')],
  ])('tells apart: %s', (_, left, right) => {
    expect(isSameValue(left, right)).toBe(false)
    expect(isSameValue(right, left)).toBe(false)
  })
})
