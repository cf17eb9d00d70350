import { expect } from '@jest/globals'
import type { BoundIncluded, DateTime, FileRef, Range, RecordId, RecordIdRange, Table } from '../../src/index.js'

/**
 * The driver's classes keep what they hold in private fields, which Jest does not see: to `toEqual`, all Decimals would be
 * the same one. Jest runs this file before each file of tests, which is why it asks for names, and loads no driver.
 */
const PARTS: Readonly<Record<string, (value: never) => readonly unknown[]>> = {
  BoundExcluded: ({ value }: BoundIncluded<unknown>) => [value],
  BoundIncluded: ({ value }: BoundIncluded<unknown>) => [value],
  DateTime: (moment: DateTime) => [moment.nanoseconds],
  Decimal: String,
  Duration: String,
  FileRef: ({ bucket, key }: FileRef) => [bucket, key],
  Range: ({ begin, end }: Range<unknown, unknown>) => [begin, end],
  RecordId: ({ table, id }: RecordId) => [table.name, id],
  RecordIdRange: ({ table, begin, end }: RecordIdRange) => [table.name, begin, end],
  StringRecordId: String,
  Table: ({ name }: Table) => [name],
  Uuid: String,
} as never

function partsOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { constructor } = value
  // the driver's bundler calls some of them Decimal$1
  const name = typeof constructor === 'function' ? constructor.name.replace(/\$\d+$/, '') : ''
  return Object.hasOwn(PARTS, name) ? [name, PARTS[name]!(value as never)] : undefined
}

interface AnyDocument {
  readonly id: unknown
}

function isDocument(value: unknown): value is AnyDocument {
  return typeof value === 'object' && value !== null && 'id' in value && 'isNew' in value && !Object.hasOwn(value, 'id')
}

expect.addEqualityTesters([
  // nor does it see the id of a document
  function (left, right, testers) {
    if (!isDocument(left) || !isDocument(right)) return undefined
    return this.equals([left.id, { ...left }], [right.id, { ...right }], testers)
  },
  function (left, right, testers) {
    const [own, other] = [partsOf(left), partsOf(right)]
    if (!own && !other) return undefined
    return own !== undefined && other !== undefined && this.equals(own, other, testers)
  },
])
