import type { LinkFailure, LinkReply } from '../../link.js'
import { cborEntry } from '../cbor-entry.js'
import { failed, type Call, type Channel } from '../channels/channel.js'
import { settlesWithin } from '../deadline.js'

/** What came of bringing a channel up to date. */
export interface Restored {
  readonly failure?: LinkFailure
  /** The reply to the session's question for the server's version. */
  readonly version?: Uint8Array
}

/** What a channel has been told so far. */
interface Progress {
  readonly told: Map<string, Call>
  /** The number of the session's last change it knows of. */
  change: number
  restoring: Promise<Restored> | undefined
}

/** These come first, in this order; the rest follows as it came. */
const ORDER = ['version', 'auth', 'use']

/**
 * The session of a link: the requests that made it what it is (sign in, choose namespace and database, set variables),
 * each under a key. Every channel is told what it has missed before it carries a call, so a call cannot tell a channel that
 * was opened a moment ago from the one that broke.
 */
export class Session {
  readonly #calls = new Map<string, Call>()
  readonly #progress = new WeakMap<Channel, Progress>()
  readonly #timeout: number
  #change = 0

  /** @param timeout milliseconds that telling one request may take */
  constructor(timeout: number) {
    this.#timeout = timeout
  }

  /** Carries a call over a channel that knows the session. */
  async execute(channel: Channel, call: Call): Promise<LinkReply> {
    const { failure } = await this.restore(channel, call.remember)
    return failure ? { ok: false, failure } : this.pass(channel, call)
  }

  /** Carries a call over a channel that need not know the session, or cannot. */
  async pass(channel: Channel, call: Call): Promise<LinkReply> {
    const reply = await channel.execute(call)
    this.remember(call, reply, channel)
    return reply
  }

  /** A call that succeeded, and that says so, becomes part of the session. */
  remember(call: Call, reply: LinkReply, channel?: Channel): void {
    const key = call.remember
    if (key === undefined || !reply.ok || isRefusal(reply.bytes)) return
    this.set(key, call)
    if (channel) this.#progressOf(channel).told.set(key, call)
  }

  set(key: string, call: Call): void {
    this.#calls.set(key, call)
    this.#change++
  }

  /** Tells the channel what it has missed, but for the request that is about to be replaced. */
  async restore(channel: Channel, except?: string): Promise<Restored> {
    const progress = this.#progressOf(channel)
    if (progress.change === this.#change) return {}
    if (except !== undefined) return this.#tell(channel, progress, except)
    progress.restoring ??= this.#tell(channel, progress).finally(() => (progress.restoring = undefined))
    return progress.restoring
  }

  async #tell(channel: Channel, progress: Progress, except?: string): Promise<Restored> {
    const change = this.#change
    let version: Uint8Array | undefined
    for (const [key, call] of this.#inOrder()) {
      if (key === except || progress.told.get(key) === call) continue
      const reply = await this.#ask(channel, call)
      if (!reply.ok) return { failure: nothingFollowed(reply.failure) }
      if (isRefusal(reply.bytes)) return { failure: refusal(reply.bytes) }
      progress.told.set(key, call)
      if (key === 'version') version = reply.bytes
    }
    if (except === undefined) progress.change = change
    return version ? { version } : {}
  }

  async #ask(channel: Channel, call: Call): Promise<LinkReply> {
    const reply = channel.execute(call)
    if (await settlesWithin(reply, this.#timeout)) return reply
    channel.forget(call.id)
    return failed('not-sent', `a new channel took more than ${Math.round(this.#timeout)} ms to restore the session`)
  }

  #inOrder(): [string, Call][] {
    const rank = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length)
    return [...this.#calls].sort(([left], [right]) => rank(left) - rank(right))
  }

  #progressOf(channel: Channel): Progress {
    let progress = this.#progress.get(channel)
    if (!progress) {
      progress = { told: new Map(), change: 0, restoring: undefined }
      this.#progress.set(channel, progress)
    }
    return progress
  }
}

/** Whatever became of the session's own request: the call that was to follow it was not sent. */
function nothingFollowed(failure: LinkFailure): LinkFailure {
  return failure.reason === 'lost' ? { ...failure, reason: 'not-sent' } : failure
}

function refusal(reply: Uint8Array): LinkFailure {
  return { reason: 'session-refused', message: 'the server did not take the session again', reply }
}

const NULL = 0xf6

/** Whether a reply is the error of its request. */
export function isRefusal(reply: Uint8Array): boolean {
  try {
    const error = cborEntry(reply, 'error')
    return error !== undefined && error.at(-1) !== NULL
  } catch {
    return false
  }
}
