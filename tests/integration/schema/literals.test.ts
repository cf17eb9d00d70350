import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  BoundExcluded,
  BoundIncluded,
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
} from '../../../src/index.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import { writeLiteral } from '../../../src/surrealql/compiler/write-literal.js'
import { everywhere } from '../../support/everywhere.js'

const UUID = new Uuid('01234567-89ab-4def-8123-456789abcdef')
const SQUARE = new GeometryPolygon([
  new GeometryLine([
    new GeometryPoint([0, 0]),
    new GeometryPoint([1.5, 0]),
    new GeometryPoint([1, -1]),
    new GeometryPoint([0, 0]),
  ]),
])
const LINE = new GeometryLine([new GeometryPoint([0, -0.5]), new GeometryPoint([1e-7, 2])])
const POINT = new GeometryPoint([-1.25, 180])

const VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  '',
  'it\'s "quoted" `here` ⟨and⟩ \\ there',
  '$p0 $value fn::x() -- no comment /* */ # //',
  'person:1',
  '2024-01-01T00:00:00Z',
  '☃ 🧑‍🚀',
  '\0\u0001\b\t\n\u000b\f\r\u001f\u007f\u0085\u2028',
  0,
  -0,
  -1,
  1.5,
  -1.5e-300,
  5e-324,
  Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  NaN,
  Infinity,
  -Infinity,
  2n ** 63n - 1n,
  -(2n ** 63n),
  new Decimal('-12345678901234567890.12345678'),
  new Decimal('0.0000000000000000000000000001'),
  new DateTime([1704067200, 123456789]),
  new DateTime([-62135596800, 1]),
  new Duration('0ns'),
  new Duration('3w2d4h5m6s7ms8us9ns'),
  UUID,
  new RecordId('person', 'ann'),
  new RecordId('a `b`\\\n🎉', 'it`s \\ \n⟨x⟩'),
  new RecordId('person', ''),
  new RecordId('person', '1'),
  new RecordId('person', -7),
  new RecordId('person', 2n ** 62n),
  new RecordId('person', UUID),
  new RecordId('person', ['a', 1, { b: null, 'c d': [] }]),
  new RecordId('person', { '': -1, when: new DateTime([1704067200, 0]) }),
  new RecordIdRange('person', new BoundIncluded(1), new BoundExcluded(5)),
  new RecordIdRange('person', new BoundExcluded('a'), undefined),
  new RecordIdRange('person', undefined, undefined),
  new Table('a `b` 🎉'),
  new Range(new BoundIncluded(-1), new BoundIncluded(5)),
  new Range(new BoundExcluded('a'), new BoundExcluded('b')),
  new Range(undefined, new BoundIncluded(new DateTime([1, 1]))),
  new Range(undefined, undefined),
  POINT,
  LINE,
  SQUARE,
  new GeometryMultiPoint([POINT, POINT]),
  new GeometryMultiLine([LINE, LINE]),
  new GeometryMultiPolygon([SQUARE]),
  new GeometryCollection([POINT, new GeometryCollection([LINE, SQUARE])]),
  new FileRef('bucket', '/a b/ü"\\.txt'),
  new Set([3, 1, 'a']),
  new Set(),
  [],
  [undefined, null, [[]], 'x'],
  {},
  { '': 1, 'a b': 2, 'a"b\\`': 3, select: 4, $p0: 5, '🎉': { nested: [{}] } },
]

/** The driver's classes keep what they hold to themselves; their text tells. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('toJSON' in value)) return typeof value
  return `${value.constructor.name} ${JSON.stringify(value)}`
}

everywhere(
  'a literal',
  (place) => {
    const written = (value: unknown): string =>
      writeLiteral(value, 'a test', dialectFor(place.connection.serverVersion))
    const answer = async (...values: readonly unknown[]): Promise<readonly unknown[]> =>
      await place.mode(place.connection).query(values.map((value) => `RETURN ${written(value)}`).join(';\n'))

    test('is the value it was written from', async () => {
      const answers = await answer(...VALUES)
      for (const [index, value] of VALUES.entries()) {
        expect(answers[index]).toEqual(value)
        expect(textOf(answers[index])).toBe(textOf(value))
      }
    })

    test('is the value, for those that come back as another class or not at all', async () => {
      const when = new Date('-000044-03-15T12:00:00.250Z')
      const [date, view, buffer, matches, differs] = (await place.mode(place.connection).query(
        `RETURN ${written(when)}; RETURN ${written(new Uint8Array([0, 15, 255]))}; RETURN ${written(new ArrayBuffer(0))};
           RETURN "A/'\\"b" = ${written(/^a\/'"B$/i)}; RETURN "ab" = ${written(/^a$/)}`,
      )) as [DateTime, ArrayBuffer, ArrayBuffer, boolean, boolean]
      expect(date.toDate()).toEqual(when)
      expect([...new Uint8Array(view)]).toEqual([0, 15, 255])
      expect(new Uint8Array(buffer)).toHaveLength(0)
      expect([matches, differs]).toEqual([true, false])
    })

    test('is the value, for values at random', async () => {
      const key = fc.string({ unit: 'binary', maxLength: 6 }).filter((name) => name !== '__proto__')
      const leaf = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.double(),
        fc.maxSafeInteger(),
        fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 63n - 1n }),
        fc.constantFrom(null, true, UUID),
        key.map((name) => new RecordId('t', name)),
      )
      const values = fc.sample(
        fc.oneof(
          leaf,
          fc.object({ key, values: [leaf], maxDepth: 3, withNullPrototype: false }),
          fc.array(leaf, { maxLength: 5 }),
        ),
        150,
      )
      expect(await answer(...values)).toEqual(values)
    })
  },
  ['mem', 'ws'],
)
