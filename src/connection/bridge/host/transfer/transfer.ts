import type { LinkReply } from '../../link.js'

/** One transfer under way. Its methods are called one after the other, and never reject. */
export interface Transfer {
  /** Takes a piece; answers when there is room for another one. */
  write(bytes: Uint8Array, timeout: number): Promise<LinkReply>
  /** The next piece, in a buffer of its own; without bytes at the end. */
  read(timeout: number): Promise<LinkReply>
  /** Nobody wants the rest. */
  drop(): void
}

/** What a piece without bytes is made of. */
export function nothing(): LinkReply {
  return { ok: true, bytes: new Uint8Array(0) }
}
