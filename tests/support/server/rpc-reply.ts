import { CborCodec, type Uuid } from 'surrealdb'
import { cborEntry } from '../../../src/connection/bridge/host/cbor-entry.js'

/** What a client asks for. */
export interface RpcRequest {
  readonly id?: string
  readonly method: string
  readonly params?: readonly unknown[]
  readonly session?: Uuid
  readonly txn?: Uuid
}

/** What came of a request: the encoded result, or the encoded error. */
export interface Outcome {
  readonly kind: 'result' | 'error'
  readonly body: Buffer
}

export const codec = new CborCodec({})
export const encode = (value: unknown): Buffer => Buffer.from(codec.encode(value))

const key = { id: encode('id'), result: encode('result'), error: encode('error') }

/** The start of a map of so many entries. */
const mapOf = (entries: number): Buffer => Buffer.from([0xa0 + entries])

/** The reply to a request: what the engine encoded is passed on as it is. */
export function replyTo(id: unknown, { kind, body }: Outcome): Buffer {
  return Buffer.concat([mapOf(2), key.id, encode(id), key[kind], body])
}

/** A live notification, around what the engine encoded. */
export function notificationOf(body: Uint8Array): Buffer {
  return Buffer.concat([mapOf(1), key.result, body])
}

/** The engine tells of a failed call by a map with this one entry. */
const FAILED = Buffer.concat([mapOf(1), key.error])

/** What the engine's answer says. */
export function outcomeOf(answer: Buffer): Outcome {
  return answer.subarray(0, FAILED.length).equals(FAILED)
    ? { kind: 'error', body: answer.subarray(FAILED.length) }
    : { kind: 'result', body: answer }
}

/** An entry of encoded bytes that anybody may have sent; undefined also where they are no CBOR. */
export function entryOf(bytes: Uint8Array, name: string): unknown {
  try {
    const entry = cborEntry(bytes, name)
    return entry && codec.decode(new Uint8Array(entry))
  } catch {
    return undefined
  }
}
