import type { ZodType } from 'zod'
import {
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  isObject,
  isPlainObject,
  Range,
  RecordId,
  RecordIdRange,
  Table,
} from '../values.js'
import { Descent } from './descent.js'
import { geometryIssues, hasEnd } from './geometry/geometry-values.js'
import { fitsDecimal, TOO_MANY_DIGITS } from './numbers/decimal-text.js'
import { isStoredDuration, NO_STORED_DURATION } from './time/duration-text.js'
import { isText, NO_TEXT } from './text/is-text.js'
import { whyNoMoment } from './time/stored-moment.js'

const NOT_STORED = 'holds what the database cannot store'

const looking = new Descent()

type Check = readonly [type: abstract new (...values: never[]) => unknown, wrong: (value: never) => string | undefined]

const CHECKS: readonly Check[] = [
  [Date, whyNoMoment],
  [DateTime, whyNoMoment],
  [Decimal, (decimal: Decimal) => (fitsDecimal(decimal) ? undefined : TOO_MANY_DIGITS)],
  [Duration, (duration: Duration) => (isStoredDuration(duration) ? undefined : NO_STORED_DURATION)],
  [Geometry, (it: Geometry) => (hasEnd(it) && !geometryIssues(it) ? undefined : 'is a geometry that is not valid')],
  [RecordId, ({ table, id }: RecordId) => wrongText(table.name) ?? wrongKey(id)],
  [RecordIdRange, ({ begin, end }: RecordIdRange) => wrongKey(begin?.value) ?? wrongKey(end?.value)],
  [Range, ({ begin, end }: Range<unknown, unknown>) => wrongPart(valueOf(begin)) ?? wrongPart(valueOf(end))],
  [Table, ({ name }: Table) => wrongText(name)],
  [FileRef, ({ bucket, key }: FileRef) => wrongText(bucket) ?? wrongText(key)],
]

/** The schema of values of one kind, of those that the database keeps as they are. */
export function storedOnly<Schema extends ZodType>(schema: Schema): Schema {
  return schema.refine((value) => whyNotStored(value) === undefined, { error: ({ input }) => whyNotStored(input) })
}

/** What is wrong with a value without parts of its own, which the database would change or not take; undefined where it keeps it. */
export function whyNotStored(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return wrongText(value)
    case 'number':
      return !Number.isInteger(value) || Number.isSafeInteger(value)
        ? undefined
        : 'is a whole number beyond 2^53; give a bigint'
    case 'bigint':
      return BigInt.asIntN(64, value) === value ? undefined : 'is an integer of more than 64 bits; use a Decimal'
    case 'object':
      return CHECKS.find(([type]) => value instanceof type)?.[1](value as never)
    default:
      return undefined
  }
}

function wrongKey(key: unknown): string | undefined {
  if (typeof key === 'number' && !Number.isSafeInteger(key)) return 'is a record id whose number is not whole'
  return wrongPart(key)
}

/** What is wrong somewhere inside a key or a range, which have no path. */
function wrongPart(part: unknown): string | undefined {
  if (typeof part === 'function' || typeof part === 'symbol') return NOT_STORED
  if (!isObject(part) || !(Array.isArray(part) || isPlainObject(part))) return whyNotStored(part)
  return looking.into<string | undefined>(part, NOT_STORED, () => {
    for (const [key, inner] of Object.entries(part)) {
      const wrong = wrongText(key) ?? wrongPart(inner)
      if (wrong !== undefined) return wrong
    }
    return undefined
  })
}

function wrongText(text: string): string | undefined {
  return isText(text) ? undefined : NO_TEXT
}

function valueOf(bound: unknown): unknown {
  return (bound as { readonly value?: unknown } | undefined)?.value
}
