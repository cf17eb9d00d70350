import { noExport, type Call, type Channel } from '../../../src/connection/bridge/host/channels/channel.js'
import type { LinkFailure, LinkReply } from '../../../src/connection/bridge/link.js'
import { encode } from '../../support/server/rpc-reply.js'

export const ACCEPTED: LinkReply = { ok: true, bytes: new Uint8Array(encode({ id: 'x', result: 1 })) }
export const REFUSED: LinkReply = { ok: true, bytes: new Uint8Array(encode({ id: 'x', error: { code: -1 } })) }
export const LOST: LinkFailure = { reason: 'lost', message: 'the socket broke' }

/** A call that belongs to the session under `remember`, if that is given. */
export function callOf(id: string, remember?: string, timeout = 10_000): Call {
  return { id, bytes: new Uint8Array(), timeout, headers: undefined, ownSession: false, remember }
}

/** A channel that writes down what it was told, and answers as a test says. */
export class ScriptedChannel implements Channel {
  readonly export = noExport
  isOpen = true
  /** The ids of its calls. */
  readonly told: string[] = []
  readonly forgotten: string[] = []
  closings = 0
  answer: (call: Call) => LinkReply | Promise<LinkReply> = () => ACCEPTED

  async execute(call: Call): Promise<LinkReply> {
    if (!this.isOpen) return { ok: false, failure: { reason: 'not-sent', message: 'the socket is closed' } }
    this.told.push(call.id)
    return this.answer(call)
  }

  listen(): void {}

  forget(id: string): void {
    this.forgotten.push(id)
  }

  async close(): Promise<undefined> {
    this.isOpen = false
    this.closings++
  }
}
