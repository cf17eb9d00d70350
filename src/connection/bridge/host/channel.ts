import type { LinkFailure, LinkReply } from '../link.js'

/** One call as it arrives in the host. */
export interface Call {
  readonly id: string
  readonly bytes: Uint8Array
  readonly timeout: number
  readonly headers: Readonly<Record<string, string>> | undefined
  /** The request names a session itself. */
  readonly ownSession: boolean
}

/** An open way to one database. `execute` never rejects. */
export interface Channel {
  execute(call: Call): Promise<LinkReply>
  /** Notifications are wanted from now on. */
  listen(): void
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

/** Why a channel could not be opened. */
export class OpenFailed extends Error {
  constructor(readonly failure: LinkFailure) {
    super(failure.message)
  }
}

/** A reply that brings no bytes. */
export function failed(reason: LinkFailure['reason'], message: string): LinkReply {
  return { ok: false, failure: { reason, message } }
}

/** A call that found the channel gone. */
export function down(reason: 'lost' | 'not-sent', message: string): LinkReply {
  return { ok: false, failure: { reason, message, isDown: true } }
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
