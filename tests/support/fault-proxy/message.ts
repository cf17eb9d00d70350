import { cborEntry } from '../../../src/connection/bridge/host/cbor-entry.js'

/** Bytes that belong together: they are passed on, held or thrown away as a whole. */
export interface Message {
  readonly bytes: Buffer
  /** Whether it is a request or a reply, and not a handshake or a control frame. */
  readonly counts: boolean
  /** Of a websocket message. */
  readonly payload?: () => Buffer
}

/** By which a websocket's reply finds its request; undefined where there is none, as in a notification. */
export function idOf({ payload }: Message): string | undefined {
  try {
    return payload && cborEntry(payload(), 'id')?.toString('hex')
  } catch {
    return undefined
  }
}
