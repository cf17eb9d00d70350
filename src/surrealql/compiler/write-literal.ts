import { ModelDefinitionError } from '../../errors.js'
import {
  BoundExcluded,
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  isPlainObject,
  Range,
  RecordId,
  RecordIdRange,
  Table,
  toDateTime,
  Uuid,
} from '../../values.js'
import type { Dialect } from '../dialect.js'
import { escapeIdentifier, escapeString } from '../escape.js'

/** The server reads 20 brackets within each other; the rest is for those of the statement around. */
const MAX_DEPTH = 16
/** More parts than this are no definition, but one object in very many places. */
const MOST_PARTS = 100_000
const MIN_INTEGER = -(2n ** 63n)
const MAX_INTEGER = 2n ** 63n - 1n

/**
 * A value as SurrealQL text, for definitions: these are stored as text, so nothing can be bound in them. `where` names the
 * definition. A value that has no such text (a function, a symbol, a cyclic or a very deep one) is a ModelDefinitionError.
 */
export function writeLiteral(value: unknown, where: string, dialect: Dialect): string {
  return new LiteralWriter(where, dialect).write(value)
}

/** A string as SurrealQL text. */
export function writeString(value: string, where: string): string {
  if (/\p{Cs}/u.test(value)) throw noLiteral(where, 'a string with half of a surrogate pair')
  return escapeString(value)
}

class LiteralWriter {
  readonly #where: string
  readonly #dialect: Dialect
  /** What is being written, from the outside in. */
  readonly #containers: object[] = []
  #parts = 0

  constructor(where: string, dialect: Dialect) {
    this.#where = where
    this.#dialect = dialect
  }

  write(value: unknown): string {
    this.#parts += 1
    if (this.#parts > MOST_PARTS) throw noLiteral(this.#where, 'a value of too many parts')
    switch (typeof value) {
      case 'undefined':
        return 'NONE'
      case 'boolean':
        return String(value)
      case 'string':
        return writeString(value, this.#where)
      case 'number':
        return this.#number(value)
      case 'bigint':
        return this.#integer(value)
      case 'object':
        return value === null ? 'NULL' : this.#object(value)
      default:
        throw noLiteral(this.#where, `a ${typeof value}`)
    }
  }

  #number(value: number): string {
    if (Number.isNaN(value)) return 'NaN'
    if (value === Infinity) return this.#dialect.definitions.everyLiteral ? 'Infinity' : 'math::inf'
    if (value === -Infinity) return this.#dialect.definitions.everyLiteral ? '(-Infinity)' : 'math::neg_inf'
    const isInteger = Number.isSafeInteger(value) && !Object.is(value, -0)
    return signed(isInteger ? String(value) : `${Object.is(value, -0) ? '-0' : value}f`)
  }

  #integer(value: bigint): string {
    if (value < MIN_INTEGER || value > MAX_INTEGER) throw noLiteral(this.#where, 'an integer of more than 64 bits')
    return signed(String(value))
  }

  #object(value: object): string {
    if (value instanceof Date) return this.#date(value)
    if (value instanceof DateTime) return `d"${value.toISOString()}"`
    if (value instanceof Duration) return value.toString()
    if (value instanceof Decimal) return signed(`${value.toString()}dec`)
    if (value instanceof Uuid) return `u"${value.toString()}"`
    if (value instanceof Table) return `type::table(${this.write(value.name)})`
    if (value instanceof FileRef) return `type::file(${this.write(value.bucket)}, ${this.write(value.key)})`
    if (value instanceof RegExp) return `<regex>${this.write(inlineFlags(value, this.#where))}`
    if (value instanceof ArrayBuffer) return this.#bytes(new Uint8Array(value))
    if (value instanceof Uint8Array) return this.#bytes(value)
    return this.#within(value, () => this.#container(value))
  }

  #container(value: object): string {
    if (Array.isArray(value)) return this.#list(value)
    if (value instanceof Set) return `<set>${this.#list([...value])}`
    if (value instanceof RecordId) return `${escapeIdentifier(value.table.name as string)}:${this.#key(value.id)}`
    if (value instanceof RecordIdRange) {
      return `(${escapeIdentifier(value.table.name as string)}:${this.#range(value, (key) => this.#key(key))})`
    }
    if (value instanceof Range) return `(${this.#range(value, (bound) => `(${this.write(bound)})`)})`
    if (value instanceof Geometry) return `<geometry>${this.#fields(value.toJSON())}`
    if (isPlainObject(value)) return this.#fields(value)
    throw noLiteral(this.#where, `an instance of ${value.constructor.name}`)
  }

  #date(value: Date): string {
    if (Number.isNaN(value.getTime())) throw noLiteral(this.#where, 'an invalid Date')
    return `d"${toDateTime(value).toISOString()}"`
  }

  #bytes(bytes: Uint8Array): string {
    if (this.#dialect.definitions.everyLiteral) {
      return `b"${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
    }
    const binary = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
    return `encoding::base64::decode("${btoa(binary).replace(/=+$/, '')}")`
  }

  #list(values: readonly unknown[]): string {
    return `[${Array.from(values, (item) => this.write(item)).join(', ')}]`
  }

  #fields(value: object): string {
    const fields = Object.entries(value).map(([key, item]) => `${writeString(key, this.#where)}: ${this.write(item)}`)
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }

  /** The key of a record id: a number there is no expression, and a string is quoted like a name. */
  #key(key: unknown): string {
    if (typeof key === 'string') return escapeIdentifier(key)
    if (typeof key === 'number' || typeof key === 'bigint') return this.#integer(BigInt(key)).replace(/[()]/g, '')
    return this.write(key)
  }

  #range(range: Range<unknown, unknown> | RecordIdRange, bound: (value: unknown) => string): string {
    const { begin, end } = range as Range<unknown, unknown>
    const from = begin === undefined ? '' : `${bound(begin.value)}${begin instanceof BoundExcluded ? '>' : ''}`
    const to = end === undefined ? '' : `${end instanceof BoundExcluded ? '' : '='}${bound(end.value)}`
    return `${from}..${to}`
  }

  #within(container: object, write: () => string): string {
    if (this.#containers.includes(container)) throw noLiteral(this.#where, 'a value that contains itself')
    if (this.#containers.length >= MAX_DEPTH) {
      throw noLiteral(this.#where, `a value of more than ${MAX_DEPTH} levels, which servers do not read`)
    }
    this.#containers.push(container)
    const text = write()
    this.#containers.pop()
    return text
  }
}

/** `- -5` is a comment without the parentheses. */
function signed(text: string): string {
  return text.startsWith('-') ? `(${text})` : text
}

/** `/a/i` is `(?i)a` to the database; the flags that say how to search mean nothing in it. */
function inlineFlags({ source, flags }: RegExp, where: string): string {
  if (flags.includes('v')) throw noLiteral(where, 'a regular expression with the flag v')
  const kept = [...flags].filter((flag) => 'ims'.includes(flag)).join('')
  return kept === '' ? source : `(?${kept})${source}`
}

function noLiteral(where: string, what: string): ModelDefinitionError {
  return new ModelDefinitionError(
    'INVALID_DEFINITION',
    `${where}: the definition holds ${what}, which cannot be written as SurrealQL.`,
  )
}
