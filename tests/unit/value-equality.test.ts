import { expect, test } from '@jest/globals'
import {
  BoundExcluded,
  BoundIncluded,
  Collection,
  DateTime,
  Decimal,
  Document,
  Duration,
  FileRef,
  GeometryLine,
  GeometryMultiPoint,
  GeometryPoint,
  Range,
  RecordId,
  RecordIdRange,
  StringField,
  Table,
  Uuid,
} from '../../src/index.js'

@Collection('value_equality_person')
class Person extends Document<Person>() {
  @StringField() name?: string
}

const point = (x: number, y: number) => new GeometryPoint([x, y])
const id = '00000000-0000-4000-8000-00000000000'

/** Makes a value, and others that differ from it in one thing each. */
const VALUES: Readonly<Record<string, readonly [() => unknown, ...unknown[]]>> = {
  Decimal: [() => new Decimal('1.5'), new Decimal('2'), '1.5', {}],
  DateTime: [() => new DateTime([1, 1]), new DateTime([1, 2]), new Date(1000), {}],
  Duration: [() => new Duration('1h'), new Duration('2h'), {}],
  Uuid: [() => new Uuid(`${id}1`), new Uuid(`${id}2`), `${id}1`],
  'a record id': [
    () => new RecordId('a', 1),
    new RecordId('a', 2),
    new RecordId('a', '1'),
    new RecordId('b', 1),
    'a:1',
  ],
  'a record id of parts': [() => new RecordId('a', [new Decimal('1')]), new RecordId('a', [new Decimal('2')])],
  'a range of record ids': [
    () => new RecordIdRange('a', new BoundIncluded(1), undefined),
    new RecordIdRange('a', new BoundExcluded(1), undefined),
  ],
  Table: [() => new Table('a'), new Table('b'), 'a', {}],
  FileRef: [() => new FileRef('a', 'b'), new FileRef('a', 'c'), new FileRef('b', 'b')],
  Range: [
    () => new Range(new BoundIncluded(1), undefined),
    new Range(new BoundExcluded(1), undefined),
    new Range(new BoundIncluded(2), undefined),
    new Range(new BoundIncluded(1), new BoundIncluded(1)),
  ],
  'a line': [() => new GeometryLine([point(1, 2), point(3, 4)]), new GeometryMultiPoint([point(1, 2), point(3, 4)])],
  'what holds one': [
    () => ({ a: [new Decimal('1')], b: new Set([new Uuid(`${id}1`)]) }),
    { a: [new Decimal('2')], b: new Set([new Uuid(`${id}1`)]) },
    { a: [new Decimal('1')], b: new Set([new Uuid(`${id}2`)]) },
  ],
  'a document': [
    () => new Person({ id: 'a', name: 'x' }),
    new Person({ id: 'a', name: 'y' }),
    new Person({ id: 'b', name: 'x' }),
  ],
}

test.each(Object.entries(VALUES))('Jest tells values from others, of which the tests make use: %s', (_, values) => {
  const [make, ...others] = values
  expect(make()).toEqual(make())
  expect(make()).toStrictEqual(make())
  expect([make()]).toContainEqual(make())
  expect({ it: make() }).toMatchObject({ it: make() })
  for (const other of others) {
    expect(make()).not.toEqual(other)
    expect(other).not.toEqual(make())
    expect({ it: make() }).not.toMatchObject({ it: other })
  }
})

test('a matcher is asked what it takes', () => {
  expect(new Decimal('1')).toEqual(expect.any(Decimal))
  expect({ id: new RecordId('a', 1) }).toEqual({ id: expect.anything() })
})
