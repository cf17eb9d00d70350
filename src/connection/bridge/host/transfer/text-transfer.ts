import type { LinkReply } from '../../link.js'
import { failed } from '../channels/channel.js'
import { nothing, type Transfer } from './transfer.js'

/** Bytes. */
const PIECE = 256 * 1024

/** A text that is here as a whole, handed out in pieces. */
export class TextTransfer implements Transfer {
  #rest: Buffer

  constructor(text: string) {
    this.#rest = Buffer.from(text)
  }

  write(): Promise<LinkReply> {
    return Promise.resolve(failed('not-sent', 'this transfer only reads'))
  }

  read(): Promise<LinkReply> {
    const bytes = new Uint8Array(this.#rest.subarray(0, PIECE))
    this.#rest = this.#rest.subarray(PIECE)
    return Promise.resolve(bytes.length === 0 ? nothing() : { ok: true, bytes })
  }

  drop(): void {
    this.#rest = Buffer.alloc(0)
  }
}
