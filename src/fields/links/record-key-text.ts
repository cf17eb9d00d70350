import { escapeString } from '../../surrealql/escape.js'
import { DateTime, Decimal, Duration, isObject, isPlainObject, RecordId, toDateTime, Uuid } from '../../values.js'
import { DEEPEST } from '../descent.js'
import { toDecimal } from '../numbers/decimal-text.js'
import { DURATION_TEXT } from '../time/duration-text.js'
import { addKey } from '../containers/keys.js'
import { momentText, readMoment, writeMoment } from '../time/moment-text.js'

/** How a record id inside a key is written. */
type WriteId = (id: RecordId) => string | undefined
/** How a record id inside a key is read. */
type ReadId = (text: string) => RecordId | undefined

/**
 * A key that is a list or an object, as SurrealQL writes it, so that each value in it says of what kind it is. Undefined
 * where it holds what has no such text here, or has no end.
 */
export function writeKey(value: unknown, writeId: WriteId, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined
  if (typeof value === 'string') return escapeString(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value + 0) : `${value}f`
  if (typeof value === 'bigint') return String(value)
  if (!isObject(value)) return WORDS_OF.get(value)
  const writePart = (part: unknown): string | undefined => writeKey(part, writeId, depth + 1)
  if (Array.isArray(value)) return within('[]', value.map(writePart))
  if (isPlainObject(value)) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined)
    const parts = entries.map(([key, part]) => [escapeString(key), writePart(part)] as const)
    const texts = parts.map(([key, text]) => text && `${key}: ${text}`)
    return within('{}', texts)
  }
  return writeInstance(value, writeId)
}

function within([begin, end]: string, parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : `${begin}${parts.join(', ')}${end}`
}

function writeInstance(value: object, writeId: WriteId): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : `d"${writeMoment(toDateTime(value))}"`
  if (value instanceof DateTime) return `d"${writeMoment(value)}"`
  if (value instanceof Uuid) return `u"${value.toString()}"`
  if (value instanceof Duration) return value.toString()
  if (value instanceof Decimal) return `${value.toString()}dec`
  const id = value instanceof RecordId ? writeId(value as RecordId) : undefined
  return id && `r${escapeString(id)}`
}

const WORDS: Readonly<Record<string, unknown>> = { NONE: undefined, NULL: null, true: true, false: false }
const WORDS_OF: ReadonlyMap<unknown, string> = new Map(Object.entries(WORDS).map(([word, value]) => [value, word]))

const STRING = '"(?:[^"\\\\]|\\\\[^])*"'
const TOKEN = new RegExp(`\\s*(?:([a-z]?)(${STRING})|([[\\]{},:])|([\\w.+µμ-]+))\\s*`, 'uy')

/** What is no key after all. */
const WRONG = Symbol('wrong')

/** The list or object that such a text says; undefined when it says none. */
export function readKey(text: string, readId: ReadId): object | undefined {
  const reader = new KeyReader(text, readId)
  const value = reader.value(0)
  return isObject(value) && reader.isAtEnd ? value : undefined
}

interface Token {
  /** What stands in front of a string: its kind. */
  readonly kind: string
  readonly string: string | undefined
  readonly mark: string | undefined
  readonly word: string | undefined
}

class KeyReader {
  #at = 0

  constructor(
    readonly text: string,
    readonly readId: ReadId,
  ) {}

  get isAtEnd(): boolean {
    return this.#at === this.text.length
  }

  #peek(): Token | undefined {
    TOKEN.lastIndex = this.#at
    const found = TOKEN.exec(this.text)
    return found ? { kind: found[1] ?? '', string: found[2], mark: found[3], word: found[4] } : undefined
  }

  #next(): Token | undefined {
    const token = this.#peek()
    if (token) this.#at = TOKEN.lastIndex
    return token
  }

  /** Takes the mark if it comes next. */
  #takes(mark: string): boolean {
    if (this.#peek()?.mark !== mark) return false
    this.#next()
    return true
  }

  value(depth: number): unknown {
    const token = depth > DEEPEST ? undefined : this.#next()
    if (!token) return WRONG
    if (token.string !== undefined) return this.#string(token.kind, unescape(token.string))
    if (token.word !== undefined) return readWord(token.word)
    if (token.mark === '[') return this.#list(depth)
    return token.mark === '{' ? this.#object(depth) : WRONG
  }

  #list(depth: number): unknown {
    const items: unknown[] = []
    while (!this.#takes(']')) {
      if (items.length > 0 && !this.#takes(',')) return WRONG
      const item = this.value(depth + 1)
      if (item === WRONG) return WRONG
      items.push(item)
    }
    return items
  }

  #object(depth: number): unknown {
    const values: Record<string, unknown> = {}
    for (let isFirst = true; !this.#takes('}'); isFirst = false) {
      if (!isFirst && !this.#takes(',')) return WRONG
      const key = this.#next()
      if (key?.string === undefined || key.kind !== '' || !this.#takes(':')) return WRONG
      const value = this.value(depth + 1)
      if (value === WRONG) return WRONG
      addKey(values, unescape(key.string), value)
    }
    return values
  }

  #string(kind: string, text: string): unknown {
    // the driver writes s"…"
    if (kind === '' || kind === 's') return text
    if (kind === 'd') return momentText.safeParse(text).success ? readMoment(text) : WRONG
    if (kind === 'u') return UUID_TEXT.test(text) ? new Uuid(text) : WRONG
    return (kind === 'r' ? this.readId(text) : undefined) ?? WRONG
  }
}

const UUID_TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function unescape(string: string): string {
  return string
    .slice(1, -1)
    .replace(/\\(?:u\{([0-9a-f]+)\}|([^]))/g, (_, code: string | undefined, character: string) =>
      code === undefined ? character : String.fromCharCode(parseInt(code, 16)),
    )
}

const INTEGER = /^-?\d+$/
const FLOAT = /^(-?(?:[\d.]+(?:e[+-]?\d+)?|Infinity)|NaN)f$/

function readWord(word: string): unknown {
  if (Object.hasOwn(WORDS, word)) return WORDS[word]
  if (INTEGER.test(word)) return readInteger(word) ?? WRONG
  const float = FLOAT.exec(word)?.[1]
  if (float !== undefined) return Number(float)
  if (DURATION_TEXT.test(word)) return new Duration(word)
  return (word.endsWith('dec') ? toDecimal(word.slice(0, -'dec'.length)) : undefined) ?? WRONG
}

/** The integer that digits say; undefined beyond 64 bits. */
export function readInteger(text: string): number | bigint | undefined {
  const integer = BigInt(text)
  if (integer !== BigInt.asIntN(64, integer)) return undefined
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
}
