import type { LinkFailure } from '../../link.js'
import { GrowingPause } from './growing-pause.js'
import type { GuardedChannels } from './guarded-channels.js'

export interface TrafficEvents<Each> {
  opened(channel: Each): void
  /** Whoever this was opened for has to go without. */
  failed(failure: LinkFailure): void
  /** One more or less is on its way, or it may be tried again. */
  changed(): void
}

/** The channels on their way in and on their way out. */
export class ChannelTraffic<Each> {
  readonly #channels: GuardedChannels<Each>
  readonly #events: TrafficEvents<Each>
  readonly #attempts = new Set<symbol>()
  readonly #pause = new GrowingPause()
  #closing = 0

  constructor(channels: GuardedChannels<Each>, events: TrafficEvents<Each>) {
    this.#channels = channels
    this.#events = events
  }

  get opening(): number {
    return this.#attempts.size
  }

  get closing(): number {
    return this.#closing
  }

  /** An `open` failed a short while ago. */
  get isPausing(): boolean {
    return this.#pause.isRunning
  }

  async open(): Promise<void> {
    const attempt = Symbol()
    this.#attempts.add(attempt)
    this.#events.changed()
    const opened = await this.#channels.open()
    const isAbandoned = !this.#attempts.delete(attempt)
    if (isAbandoned && opened.ok) await this.#channels.close(opened.channel)
    if (isAbandoned) return
    if (opened.ok) {
      this.#pause.reset()
      this.#events.opened(opened.channel)
    } else {
      this.#pause.start(() => this.#events.changed())
      this.#events.failed(opened.failure)
    }
  }

  async close(channel: Each): Promise<void> {
    this.#closing += 1
    await this.#channels.close(channel)
    this.#closing -= 1
    this.#events.changed()
  }

  /** Nobody waits for those on their way in any more: they are closed when they come. */
  abandon(): void {
    this.#attempts.clear()
    this.#pause.reset()
    this.#events.changed()
  }
}
