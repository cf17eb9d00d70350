/**
 * The encoded value of one key of a CBOR map, found without decoding anything: the host needs the id of a reply and the
 * session of a notification, and nothing else. Undefined when the key is not there or the bytes are no map.
 */
export function cborEntry(map: Uint8Array, key: string): Buffer | undefined {
  const bytes = Buffer.from(map.buffer, map.byteOffset, map.byteLength)
  const head = headAt(bytes, 0)
  if (head.type !== MAP) return undefined
  let position = head.end
  for (let entry = 0; entry < head.length && bytes[position] !== BREAK; entry++) {
    const keyHead = headAt(bytes, position)
    const start = endOf(bytes, position)
    const end = endOf(bytes, start)
    if (keyHead.type === TEXT && bytes.toString('utf8', keyHead.end, start) === key) return bytes.subarray(start, end)
    position = end
  }
  return undefined
}

/** An encoded text as a string; undefined for every other value. */
export function cborText(value: Buffer): string | undefined {
  const { type, end, length } = headAt(value, 0)
  return type === TEXT && length !== Infinity ? value.toString('utf8', end, end + length) : undefined
}

/** Encoded values as one text in which the texts among them can be found. */
export function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

const BYTES = 2
const TEXT = 3
const LIST = 4
const MAP = 5
const TAG = 6
/** Ends a value whose head gave no length. */
const BREAK = 0xff

interface Head {
  readonly type: number
  /** Bytes or entries, by type; `Infinity` when they end with BREAK. */
  readonly length: number
  /** Where the content starts. */
  readonly end: number
}

function headAt(bytes: Buffer, position: number): Head {
  const first = bytes.readUInt8(position)
  const type = first >> 5
  const information = first & 31
  const start = position + 1
  if (information < 24) return { type, length: information, end: start }
  switch (information) {
    case 24:
      return { type, length: bytes.readUInt8(start), end: start + 1 }
    case 25:
      return { type, length: bytes.readUInt16BE(start), end: start + 2 }
    case 26:
      return { type, length: bytes.readUInt32BE(start), end: start + 4 }
    case 27:
      return { type, length: Number(bytes.readBigUInt64BE(start)), end: start + 8 }
    default:
      return { type, length: Infinity, end: start }
  }
}

function endOf(bytes: Buffer, position: number): number {
  const { type, length, end } = headAt(bytes, position)
  if (type === TAG) return endOf(bytes, end)
  if (length === Infinity) return endOfItems(bytes, end, Infinity)
  switch (type) {
    case BYTES:
    case TEXT:
      return end + length
    case LIST:
      return endOfItems(bytes, end, length)
    case MAP:
      return endOfItems(bytes, end, 2 * length)
    default:
      return end
  }
}

function endOfItems(bytes: Buffer, start: number, count: number): number {
  let position = start
  for (let item = 0; item < count; item++) {
    if (count === Infinity && bytes[position] === BREAK) return position + 1
    position = endOf(bytes, position)
  }
  return position
}
