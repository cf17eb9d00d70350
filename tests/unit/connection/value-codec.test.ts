import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { BoundExcluded, BoundIncluded, CborCodec } from 'surrealdb'
import { ValueCodec } from '../../../src/connection/calls/value-codec.js'
import { ValidationError } from '../../../src/errors.js'
import {
  DateTime,
  Decimal,
  Duration,
  FileRef,
  GeometryCollection,
  GeometryLine,
  GeometryMultiLine,
  GeometryMultiPoint,
  GeometryMultiPolygon,
  GeometryPoint,
  GeometryPolygon,
  Range,
  RecordId,
  RecordIdRange,
  Table,
  Uuid,
} from '../../../src/values.js'

const ours = new ValueCodec()
const driver = new CborCodec({})
const uuid = new Uuid('018f4e3e-1111-7000-8000-000000000000')
const point = new GeometryPoint([1.5, -2])
const line = new GeometryLine([point, new GeometryPoint([3, 4])])
const ring = new GeometryLine([point, new GeometryPoint([3, 4]), new GeometryPoint([5, 6]), point])
const polygon = new GeometryPolygon([ring])

const VALUES: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['booleans', [true, false]],
  ['strings', ['', 'person:1', '2024-01-01', '👩‍🚀', 'a\0b']],
  ['long texts', [63, 64, 65, 255, 256, 65_535, 65_536].flatMap((length) => ['x'.repeat(length), 'é'.repeat(length)])],
  ['long lists', [23, 24, 255, 256, 65_536].map((length) => Array.from({ length }, (_, index) => index - 100))],
  ['integers', [0, -0, -1, 23, 24, 255, 256, 65_536, 2 ** 32, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
  ['big integers', [0n, 10n, -10n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]],
  ['doubles', [1.5, -0.1, NaN, Infinity, -Infinity, Number.MIN_VALUE]],
  ['Date', new Date('2001-02-03T04:05:06.789Z')],
  ['DateTime with nanoseconds', new DateTime('2001-02-03T04:05:06.123456789Z')],
  ['Duration', new Duration('1h30m15ns')],
  ['Decimal', new Decimal('12345678901234567890.123456789')],
  ['Uuid', uuid],
  ['RecordId of a string', new RecordId('person', '1')],
  ['RecordId of a number', new RecordId('person', 1)],
  ['RecordId of a bigint', new RecordId('person', 2n ** 60n)],
  ['RecordId of a Uuid', new RecordId('person', uuid)],
  ['RecordId of a list', new RecordId('person', ['a', 1, { b: new Date(0) }])],
  ['RecordId of an object', new RecordId('person', { a: [1], b: null })],
  ['Table', new Table('person')],
  ['Range', new Range(new BoundIncluded(1), new BoundExcluded(5))],
  ['open Range', new Range(undefined, new BoundIncluded(5))],
  ['RecordIdRange', new RecordIdRange('person', new BoundIncluded('a'), new BoundExcluded('b'))],
  ['FileRef', new FileRef('bucket', 'key')],
  ['GeometryPoint', point],
  ['GeometryLine', line],
  ['GeometryPolygon', polygon],
  ['GeometryMultiPoint', new GeometryMultiPoint([point, point])],
  ['GeometryMultiLine', new GeometryMultiLine([line, ring])],
  ['GeometryMultiPolygon', new GeometryMultiPolygon([polygon, polygon])],
  ['GeometryCollection', new GeometryCollection([point, line, polygon])],
  ['Uint8Array', new Uint8Array([0, 1, 255])],
  ['ArrayBuffer', new Uint8Array([1, 2]).buffer],
  ['Buffer', Buffer.from('text')],
  ['Set', new Set([1, 'a'])],
  ['Map', new Map([['a', 1]])],
  ['nested', { list: [{ id: new RecordId('a', 1), when: new DateTime('2001-02-03T04:05:06Z') }], none: undefined }],
]

describe('a value', () => {
  it.each(VALUES)('is encoded as the driver does: %s', (_, value) => {
    expect(Buffer.from(ours.encode(value)).toString('hex')).toBe(Buffer.from(driver.encode(value)).toString('hex'))
  })

  it.each(VALUES)('is decoded as the driver does, and encoded to the same bytes again: %s', (_, value) => {
    const bytes = driver.encode(value)
    const decoded: unknown = ours.decode(bytes)
    expect(decoded).toEqual(driver.decode(bytes))
    expect(Buffer.from(ours.encode(decoded)).toString('hex')).toBe(Buffer.from(driver.encode(decoded)).toString('hex'))
  })

  it('of plain data is encoded as the driver does, whatever it is', () => {
    // of every length of a head, and with halves of pairs, which are no characters
    const letter = fc.oneof(
      fc.constantFrom('a', 'z', '\0'),
      fc.integer({ max: 0xffff }).map((code) => String.fromCharCode(code)),
    )
    const text = fc.oneof(fc.string({ unit: letter, maxLength: 300 }), fc.string({ maxLength: 70 }))
    const plain = fc.object({
      maxDepth: 3,
      maxKeys: 30,
      key: text,
      values: [text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.double()],
    })
    fc.assert(
      fc.property(plain, (value) => {
        let expected: Uint8Array
        try {
          expected = driver.encode(value)
        } catch {
          expect(() => ours.encode(value)).toThrow(ValidationError)
          return
        }
        expect(Buffer.from(ours.encode(value)).equals(Buffer.from(expected))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

class Unsent extends Error {}

describe('a date before 1970, which the driver sends wrongly', () => {
  const CASES: readonly (readonly [string, Date | DateTime])[] = [
    ['1969-12-31T23:59:59.5Z', new Date(-500)],
    ['1969-12-31T23:59:59.999Z', new Date(-1)],
    ['1800-01-01T00:00:00.001Z', new Date('1800-01-01T00:00:00.001Z')],
    ['1800-01-01T00:00:00.000000001Z', new DateTime('1800-01-01T00:00:00.000000001Z')],
    ['1969-12-31T23:59:59.000Z', new Date(-1000)],
    ['1970-01-01T00:00:00.000Z', new Date(0)],
  ]

  it.each(CASES)('is %s', (expected, date) => {
    expect(String(ours.decode(ours.encode(date)))).toBe(expected)
    const [, nanoseconds = 0n] = (ours.decode(ours.encode(date)) as DateTime).toCompact() as readonly [bigint?, bigint?]
    expect(nanoseconds >= 0n).toBe(true)
  })
})

describe('a value that would arrive as something else', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  let deep: unknown = []
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]

  const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
    ['function', () => 1, /is a function/],
    ['class', RecordId, /is a function/],
    ['symbol', Symbol('s'), /is a symbol/],
    ['RegExp', /a/, /is a RegExp; convert it/],
    ['Error', new Unsent('x'), /is a Unsent; convert it/],
    ['Promise', Promise.resolve(1), /is a Promise; convert it/],
    ['URL', new URL('ws://h'), /is a URL; convert it/],
    ['Float64Array', new Float64Array([0.5]), /is a Float64Array; convert it with Array\.from\(\)/],
    ['Float32Array', new Float32Array([0.5]), /is a Float32Array; convert/],
    ['Int32Array', new Int32Array([1]), /is a Int32Array; convert/],
    ['BigInt64Array', new BigInt64Array([1n]), /is a BigInt64Array; convert/],
    ['DataView', new DataView(new ArrayBuffer(2)), /is a DataView; convert/],
    ['Blob', new Blob(['x']), /is a Blob; convert/],
    ['WeakMap', new WeakMap(), /is a WeakMap; convert/],
    ['boxed number', Object(1), /is a Number; convert/],
    ['boxed string', Object('x'), /is a String; convert/],
    ['iterator', [1].values(), /is a Array Iterator; convert/],
    ['Map with other keys', new Map([[1, 2]]), /a Map with keys that are no strings/],
    ['RecordId of a fraction', new RecordId('a', 1.5), /RecordId whose number is not whole/],
    ['range to a fraction', new RecordIdRange('a', undefined, new BoundIncluded(NaN)), /number is not whole/],
    ['DateTime of a Date before 1970', new DateTime(new Date(-500)), /pass the Date, or a text/],
    ['date beyond the calendar', new Date(8.64e15), /a date that no database takes/],
    ['integer above 64 bits', 2n ** 63n, /more than 64 bits; use a Decimal/],
    ['integer below 64 bits', -(2n ** 63n) - 1n, /more than 64 bits; use a Decimal/],
    ['number that a double does not hold exactly', 2 ** 53 + 2, /cannot be sent/],
    ['large number', 1e300, /cannot be sent/],
    ['invalid Date', new Date(NaN), /is an invalid date/],
    ['cycle', cycle, /nested too deeply, or holds itself/],
    ['depth', deep, /nested too deeply, or holds itself/],
  ]

  it.each(REFUSED)('is refused: %s', (_, value, message) => {
    for (const given of [value, { inside: [value] }, new Map([['inside', value]])]) {
      expect(() => ours.encode(given)).toThrow(ValidationError)
      expect(() => ours.encode(given)).toThrow(message)
    }
  })

  it('is refused with one issue, and without being shown', () => {
    try {
      ours.encode({ a: 4_711_471_147_114_711_471_147n })
      throw new Unsent()
    } catch (error) {
      expect(error).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: [], code: 'not_sendable' }] })
      expect((error as ValidationError).message).not.toContain('4711')
    }
  })
})
