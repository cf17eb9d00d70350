import type { LinkFailure, LinkReply, TransferRequest } from '../../link.js'
import { openFailure } from '../channels/channel.js'
import { nothing, type Transfer } from './transfer.js'

/** Begins a transfer; throws `OpenFailed`. */
export type OpenTransfer = (request: TransferRequest, timeout: number) => Promise<Transfer>

/** The transfers of a line, from their first question to their last piece. */
export class Transfers {
  readonly #open: OpenTransfer
  readonly #transfers = new Map<number, Transfer>()
  #isClosed = false

  constructor(open: OpenTransfer) {
    this.#open = open
  }

  async start(request: TransferRequest, timeout: number): Promise<LinkReply> {
    try {
      const transfer = await this.#open(request, timeout)
      if (this.#isClosed) transfer.drop()
      else this.#transfers.set(request.transfer, transfer)
      return nothing()
    } catch (error) {
      return { ok: false, failure: openFailure(error) }
    }
  }

  write(transfer: number, bytes: Uint8Array, timeout: number): Promise<LinkReply> {
    return this.#pass(transfer, (each) => each.write(bytes, timeout))
  }

  async read(transfer: number, timeout: number): Promise<LinkReply> {
    const reply = await this.#pass(transfer, (each) => each.read(timeout))
    if (reply.ok && reply.bytes.length === 0) this.drop(transfer)
    return reply
  }

  drop(transfer: number): void {
    this.#transfers.get(transfer)?.drop()
    this.#transfers.delete(transfer)
  }

  dropAll(): void {
    this.#isClosed = true
    for (const transfer of [...this.#transfers.keys()]) this.drop(transfer)
  }

  /** After a failure nothing more can come of a transfer. */
  async #pass(number: number, ask: (transfer: Transfer) => Promise<LinkReply>): Promise<LinkReply> {
    const transfer = this.#transfers.get(number)
    if (!transfer) return { ok: false, failure: this.#isClosed ? CLOSED : UNKNOWN }
    const reply = await ask(transfer)
    if (this.#isClosed) return { ok: false, failure: CLOSED }
    if (!reply.ok) this.drop(number)
    return reply
  }
}

const CLOSED: LinkFailure = { reason: 'closed', message: 'the link was closed' }
const UNKNOWN: LinkFailure = { reason: 'lost', message: 'there is no such transfer any more' }
