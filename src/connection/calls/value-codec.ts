import { CborCodec } from 'surrealdb'
import { ValidationError } from '../../errors.js'
import { SharedParts } from '../../shared-parts.js'
import { DateTime, isPlainObject, RecordId, RecordIdRange, toDateTime } from '../../values.js'

const LARGEST_INT = 2n ** 63n - 1n
const SMALLEST_INT = -(2n ** 63n)
/** The years that the database's own calendar has. */
const EARLIEST_SECOND = BigInt(Date.UTC(-262_143, 0, 1) / 1000)
const END_SECOND = BigInt(Date.UTC(262_143, 0, 1) / 1000)

/**
 * The driver's own encoding, with what it would send wrongly refused instead: a function, symbol, regular expression,
 * error or promise arrives as `{}`, a typed array loses its numbers, an integer beyond 64 bits wraps around. Dates before 1970
 * are sent right.
 */
export class ValueCodec extends CborCodec {
  readonly #parts = new SharedParts({ unwatched: 100_000, mostCopies: 500_000 })

  constructor() {
    super({})
    const encode = this.replacer
    this.replacer = (value: unknown) => {
      if (isPlainScalar(value)) return value
      if (typeof value === 'object' && !this.#parts.meet(value!)) throw refused('holds the same parts over and over')
      return encode(checked(value))
    }
  }

  override encode<Value>(data: Value): Uint8Array {
    try {
      return super.encode(data)
    } catch (error) {
      if (error instanceof ValidationError) throw error
      if (error instanceof RangeError) throw refused('is nested too deeply, or holds itself', error)
      throw refused('cannot be sent to the database', error)
    } finally {
      this.#parts.forget()
    }
  }
}

/** Most of what is sent; the driver would ask each of them twenty questions. */
function isPlainScalar(value: unknown): boolean {
  const kind = typeof value
  return kind === 'string' || kind === 'number' || kind === 'boolean' || value === null
}

function checked(value: unknown): unknown {
  switch (typeof value) {
    case 'function':
    case 'symbol':
      throw refused(`is a ${typeof value}`)
    case 'bigint':
      if (value > LARGEST_INT || value < SMALLEST_INT)
        throw refused('is an integer of more than 64 bits; use a Decimal')
      return value
    case 'object':
      return checkedObject(value)
    default:
      return value
  }
}

function checkedObject(value: object | null): unknown {
  if (value === null || Array.isArray(value) || isPlainObject(value)) return value
  if (value instanceof Date || value instanceof DateTime) return sendableDate(value)
  if (value instanceof RecordId) checkKey(value.id)
  else if (value instanceof RecordIdRange) [value.begin, value.end].forEach((bound) => checkKey(bound?.value))
  else if (value instanceof Map) checkMap(value)
  else if (ArrayBuffer.isView(value) && !(value instanceof Uint8Array))
    throw refused(`is a ${value.constructor.name}; convert it with Array.from()`)
  else if (isHollow(value)) throw refused(`is a ${nameOf(value)}; convert it to a string or an object first`)
  return value
}

/** Two different times before 1970 have the same negative nanoseconds, by the way they were made: nobody knows which is meant. */
function sendableDate(date: Date | DateTime): DateTime {
  if (date instanceof Date && Number.isNaN(date.getTime())) throw refused('is an invalid date')
  const [seconds, nanoseconds] = toDateTime(date).toCompact() as readonly [bigint, bigint]
  if (seconds < EARLIEST_SECOND || seconds >= END_SECOND) throw refused('is a date that no database takes')
  if (nanoseconds < 0n)
    throw refused('is a DateTime before 1970 that the driver made wrongly; pass the Date, or a text')
  return new DateTime([seconds, nanoseconds])
}

function checkKey(key: unknown): void {
  if (typeof key === 'number' && !Number.isInteger(key)) throw refused('is a RecordId whose number is not whole')
}

function checkMap(map: ReadonlyMap<unknown, unknown>): void {
  for (const key of map.keys()) if (typeof key !== 'string') throw refused('is a Map with keys that are no strings')
}

/** What holds its value where the driver does not see it, and so would be sent as `{}`. */
function isHollow(value: object): boolean {
  if (value instanceof RegExp || value instanceof Error || value instanceof Promise || value instanceof URL) return true
  if (value instanceof String) return true
  return !SEEN.has(tagOf(value)) && Object.keys(value).length === 0
}

function nameOf(value: object): string {
  return value instanceof Error ? value.constructor.name : tagOf(value).replace('Object', value.constructor.name)
}

const SEEN: ReadonlySet<string> = new Set(['Object', 'Date', 'Set', 'ArrayBuffer', 'Uint8Array'])

/** `Blob`, `WeakMap`, `Array Iterator`; `Object` for a class of no special kind. */
function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
}

function refused(message: string, cause?: unknown): ValidationError {
  return new ValidationError('A bound value', [{ path: [], code: 'not_sendable', message }], { cause })
}
