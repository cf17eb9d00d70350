import type { LinkFailure, LinkReply, TransferRequest } from '../../link.js'
import { failed, messageOf, OpenFailed, type Call, type Channel, type ChannelEvents } from './channel.js'
import { settlesWithin } from '../deadline.js'
import { refusalReply } from '../rpc-request.js'
import type { TakenStore } from '../stores/store-shelf.js'
import { CallsUnderWay } from '../stores/calls-under-way.js'
import { TextTransfer } from '../transfer/text-transfer.js'

/** One link to an embedded store: a session of its own on a native engine that other links may share. */
export class EmbeddedChannel implements Channel {
  readonly #taken: TakenStore
  readonly #session: Buffer
  readonly #events: ChannelEvents
  readonly #calls = new CallsUnderWay()
  #closing: Promise<void> | undefined

  private constructor(taken: TakenStore, session: Buffer, events: ChannelEvents) {
    this.#taken = taken
    this.#session = session
    this.#events = events
  }

  static async open(taken: TakenStore, events: ChannelEvents): Promise<EmbeddedChannel> {
    try {
      return new EmbeddedChannel(taken, await taken.store.attach(), events)
    } catch (error) {
      await taken.giveBack()
      throw error
    }
  }

  get isOpen(): boolean {
    return !this.#closing
  }

  async execute({ bytes, ownSession }: Call): Promise<LinkReply> {
    if (this.#closing) return failed('closed', 'the store was closed')
    try {
      return {
        ok: true,
        bytes: await this.#calls.add(this.#taken.store.execute(bytes, ownSession ? undefined : this.#session)),
      }
    } catch (error) {
      return { ok: true, bytes: refusalReply(messageOf(error)) }
    }
  }

  /** Begins an export; throws `OpenFailed`. */
  async export(request: TransferRequest): Promise<TextTransfer> {
    if (this.#closing) throw new OpenFailed({ reason: 'closed', message: 'the store was closed' })
    try {
      return new TextTransfer(await this.#calls.add(this.#taken.store.export(request)))
    } catch (error) {
      throw new OpenFailed({ reason: 'refused', message: messageOf(error), words: messageOf(error) })
    }
  }

  listen(): void {
    this.#taken.store.listen(this.#session, (notification) => this.#events.notification(notification))
  }

  /** A native call cannot be taken back. */
  forget(): void {}

  /** After the deadline it goes on in the background: freeing the engine with a call under way ends the process. */
  async close(timeout: number): Promise<LinkFailure | undefined> {
    this.#closing ??= this.#finish()
    if (await settlesWithin(this.#closing, timeout)) return undefined
    return {
      reason: 'timeout',
      message: `the store was not released within ${Math.round(timeout)} ms: calls are under way`,
    }
  }

  async #finish(): Promise<void> {
    await this.#calls.ended()
    await this.#taken.store.detach(this.#session).catch(() => {})
    await this.#taken.giveBack()
  }
}
