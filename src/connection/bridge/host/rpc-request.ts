/**
 * The few requests the host makes by itself, encoded by hand: text, lists and maps of less than 24 entries, and session
 * ids. All that callers send is encoded by them.
 */
export type RequestValue = string | Uint8Array | readonly RequestValue[] | { readonly [key: string]: RequestValue }

/** CBOR's major types, in the upper three bits of a head. */
const TEXT = 0x60
const LIST = 0x80
const MAP = 0xa0
/** Tag 37 (uuid) on a string of 16 bytes. */
const UUID_HEAD = Buffer.from([0xd8, 37, 0x50])
const UUID_LENGTH = UUID_HEAD.length + 16
const SESSION = encode('session')

/** A request of the host's own. Bytes among the parameters, and the session, are taken as encoded already. */
export interface OwnRequest {
  readonly id?: string
  readonly method: string
  readonly params?: readonly RequestValue[]
  readonly session?: Uint8Array
}

export function rpcRequest({ id = '0', method, params = [], session }: OwnRequest): Buffer {
  return encode({ id, method, params, ...(session && { session }) })
}

/** What a server answers to a request that it cannot read; an embedded engine has no reply for it. */
export function refusalReply(message: string): Buffer {
  return Buffer.from(encode({ error: { kind: 'Validation', message, details: { kind: 'Parse' } } }))
}

/** The same request, on that session. */
export function onSession(request: Uint8Array, session: Uint8Array): Buffer {
  const first = request[0] ?? 0
  if (first < MAP || first >= MAP + 23) throw new Error('a request is a map of less than 23 entries')
  return Buffer.concat([Buffer.from([first + 1]), SESSION, session, request.subarray(1)])
}

/** The bytes of a uuid, as an encoded value. */
export function encodedUuid(text: string): Buffer {
  return Buffer.concat([UUID_HEAD, Buffer.from(text.replaceAll('-', ''), 'hex')])
}

/** The first uuid in a reply, as an encoded value. */
export function firstUuid(reply: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength)
  const start = bytes.indexOf(UUID_HEAD)
  return start < 0 ? undefined : bytes.subarray(start, start + UUID_LENGTH)
}

function encode(value: RequestValue): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([head(TEXT, text.length), text])
  }
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (isList(value)) return Buffer.concat([head(LIST, value.length), ...value.map(encode)])
  const entries = Object.entries(value)
  return Buffer.concat([head(MAP, entries.length), ...entries.flatMap(([key, each]) => [encode(key), encode(each)])])
}

function isList(value: RequestValue): value is readonly RequestValue[] {
  return Array.isArray(value)
}

function head(type: number, length: number): Buffer {
  if (length < 24) return Buffer.from([type + length])
  return length < 256 ? Buffer.from([type + 24, length]) : Buffer.from([type + 25, length >> 8, length & 255])
}
