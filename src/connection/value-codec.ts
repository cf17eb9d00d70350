import { CborCodec } from 'surrealdb'
import { ValidationError } from '../errors.js'

const LARGEST_INT = 2n ** 63n - 1n
const SMALLEST_INT = -(2n ** 63n)

/**
 * The driver's own encoding, with what it would send wrongly refused instead: a function, symbol, regular expression,
 * error or promise arrives as `{}`, a typed array loses its numbers, an integer beyond 64 bits wraps around.
 */
export class ValueCodec extends CborCodec {
  constructor() {
    super({})
    const encode = this.replacer
    this.replacer = (value: unknown) => (isPlainScalar(value) ? value : encode(checked(value)))
  }

  override encode<Value>(data: Value): Uint8Array {
    try {
      return super.encode(data)
    } catch (error) {
      if (error instanceof ValidationError) throw error
      if (error instanceof RangeError) throw refused('is nested too deeply, or holds itself', error)
      throw refused('cannot be sent to the database', error)
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
  if (value instanceof RegExp || value instanceof Error || value instanceof Promise || value instanceof URL) {
    throw refused(`is a ${value.constructor.name}; convert it to a string or an object first`)
  }
  if (ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView)) {
    throw refused(`is a ${value.constructor.name}; convert it with Array.from()`)
  }
  return value
}

function refused(message: string, cause?: unknown): ValidationError {
  return new ValidationError('A bound value', [{ path: [], code: 'not_sendable', message }], { cause })
}
