import { ValueCodec } from '../connection/calls/value-codec.js'
import { LookupError } from '../errors.js'
import type { Key, OrderedQuery } from '../query/ordered-query.js'

const codec = new ValueCodec()
const CHECKSUM_BYTES = 4

/** A key as a text: its values, and a checksum of them and of the order they belong to. */
export function writeCursor(query: OrderedQuery, key: Key): string {
  const values = codec.encode(key)
  const bytes = new Uint8Array(CHECKSUM_BYTES + values.length)
  new DataView(bytes.buffer).setUint32(0, checksum(query, values))
  bytes.set(values, CHECKSUM_BYTES)
  return toBase64Url(bytes)
}

/** The key behind a cursor; a text that is no cursor of this order is refused before it is decoded. */
export function readCursor(query: OrderedQuery, cursor: unknown): Key {
  const bytes = typeof cursor === 'string' ? fromBase64Url(cursor) : undefined
  if (!bytes || bytes.length <= CHECKSUM_BYTES || toBase64Url(bytes) !== cursor) throw foreign(query)
  const values = bytes.slice(CHECKSUM_BYTES)
  if (new DataView(bytes.buffer).getUint32(0) !== checksum(query, values)) throw foreign(query)
  const key = decode(values)
  if (!Array.isArray(key) || key.length !== query.orderBy.length) throw foreign(query)
  return key
}

function decode(values: Uint8Array): unknown {
  try {
    return codec.decode(values)
  } catch {
    return undefined
  }
}

/** FNV-1a. It finds mistakes; who makes a cursor on purpose gets no more than another place in the same records. */
function checksum({ meta, orderBy }: OrderedQuery, values: Uint8Array): number {
  let sum = 0x811c9dc5
  for (const part of [codec.encode([meta.table, orderBy]), values]) {
    for (const byte of part) sum = Math.imul(sum ^ byte, 0x01000193)
  }
  return sum >>> 0
}

function toBase64Url(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

function foreign({ meta }: OrderedQuery): LookupError {
  return new LookupError(
    'INVALID_VALUE',
    `${meta.name}: this is no cursor of this query; use startCursor or endCursor of a page in the same order.`,
  )
}
