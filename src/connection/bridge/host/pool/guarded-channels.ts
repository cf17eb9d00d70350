import type { LinkFailure } from '../../link.js'
import { messageOf, OpenFailed } from '../channels/channel.js'
import { settlesWithin } from '../deadline.js'

/** How the pool makes, checks and ends a channel. */
export interface PooledChannels<Each> {
  /** Rejects with OpenFailed when it cannot. */
  open(): Promise<Each>
  /** Whether the channel can be used. May throw, reject or hang. */
  check(channel: Each): boolean | Promise<boolean>
  /** May reject or hang. */
  close(channel: Each): Promise<unknown>
}

export type Opened<Each> =
  { readonly ok: true; readonly channel: Each } | { readonly ok: false; readonly failure: LinkFailure }

/** Longer than any handshake: this is for an `open` that has lost its own deadline. */
const OPEN_DEADLINE = 30_000
const CHECK_DEADLINE = 2000
const CLOSE_DEADLINE = 5000

/** The same three, but none of them throws, rejects or hangs. */
export class GuardedChannels<Each> {
  readonly #channels: PooledChannels<Each>

  constructor(channels: PooledChannels<Each>) {
    this.#channels = channels
  }

  async open(): Promise<Opened<Each>> {
    let opened: Opened<Each> = {
      ok: false,
      failure: { reason: 'open-failed', message: `the connection did not open within ${OPEN_DEADLINE} ms` },
    }
    let isLate = false
    const attempt = async () => this.#channels.open()
    const work = attempt().then(
      (channel) => {
        if (isLate) void this.close(channel)
        else opened = { ok: true, channel }
      },
      (error: unknown) => (opened = { ok: false, failure: failureOf(error) }),
    )
    await settlesWithin(work, OPEN_DEADLINE)
    isLate = true
    return opened
  }

  /** At once when the check itself is: a healthy channel then costs its borrower no tick. */
  check(channel: Each): boolean | Promise<boolean> {
    try {
      const verdict = this.#channels.check(channel)
      return typeof verdict === 'boolean' ? verdict : inTime(verdict)
    } catch {
      return false
    }
  }

  async close(channel: Each): Promise<void> {
    const attempt = async () => this.#channels.close(channel)
    await settlesWithin(attempt(), CLOSE_DEADLINE)
  }
}

async function inTime(verdict: Promise<boolean>): Promise<boolean> {
  let isUsable = false
  const work = verdict.then((answer) => (isUsable = answer))
  await settlesWithin(work, CHECK_DEADLINE)
  return isUsable
}

function failureOf(error: unknown): LinkFailure {
  return error instanceof OpenFailed ? error.failure : { reason: 'open-failed', message: messageOf(error) }
}
