import type { Answer, LinkFailure, LinkReply, LinkState, TransferRequest } from '../../link.js'
import type { Transfer } from '../transfer/transfer.js'

/** One call as it arrives in the host. */
export interface Call {
  readonly id: string
  readonly bytes: Uint8Array
  readonly timeout: number
  readonly headers: Readonly<Record<string, string>> | undefined
  /** The request names a session itself. */
  readonly ownSession: boolean
  /** The key under which it belongs to the session once it has succeeded. */
  readonly remember: string | undefined
  /** The loan of the transaction it belongs to. */
  readonly lease?: number | undefined
}

/** One open way to one node, or to one store. `execute` never rejects. */
export interface Channel {
  /** False once it has broken or was closed: nothing can be sent any more. */
  readonly isOpen: boolean
  execute(call: Call): Promise<LinkReply>
  /** Notifications are wanted from now on. */
  listen(): void
  /** Begins the export of a database; throws `OpenFailed`. */
  export(request: TransferRequest): Promise<Transfer>
  /** Nobody waits for the answer to this call any more. */
  forget(id: string): void
  /** Takes no new calls, waits for those under way, then releases everything. May be called again. */
  close(timeout: number): Promise<LinkFailure | undefined>
}

/** What a channel tells by itself. */
export interface ChannelEvents {
  notification(bytes: Uint8Array): void
  down(failure: LinkFailure): void
}

/** What a line tells by itself. */
export interface LineEvents {
  notification(bytes: Uint8Array): void
  state(state: LinkState): void
}

/** Why a channel could not be opened. */
export class OpenFailed extends Error {
  constructor(readonly failure: LinkFailure) {
    super(failure.message)
  }
}

/** The reason of whatever was thrown while a channel was opened. */
export function openFailure(error: unknown): LinkFailure {
  return error instanceof OpenFailed ? error.failure : { reason: 'open-failed', message: messageOf(error) }
}

/** A reply that brings no bytes. */
export function failed(reason: LinkFailure['reason'], message: string): LinkReply {
  return { ok: false, failure: { reason, message } }
}

/** What a channel to a server says to an export: that is a matter of http. */
export function noExport(): Promise<never> {
  return Promise.reject(new OpenFailed({ reason: 'refused', message: 'a server exports over http only' }))
}

/** A reply as the host's answer. */
export function toAnswer(reply: LinkReply): Answer {
  return reply.ok ? { bytes: reply.bytes } : { failure: reply.failure }
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
