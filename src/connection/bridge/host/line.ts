import type { Answer, LinkFailure, LinkOptions, LinkQuestion, LinkReply, TransferRequest } from '../link.js'
import {
  failed,
  OpenFailed,
  toAnswer,
  type Call,
  type Channel,
  type ChannelEvents,
  type LineEvents,
} from './channels/channel.js'
import { EmbeddedChannel } from './channels/embedded-channel.js'
import { GatedChannel } from './channels/gated-channel.js'
import { commitGate, sessionGate } from './channels/gates.js'
import { HttpChannel } from './channels/http-channel.js'
import { HttpLane } from './lanes/http-lane.js'
import { HttpTransfer } from './transfer/http-transfer.js'
import type { Lane, Lender } from './lanes/lane.js'
import type { Loan } from './pool/loan.js'
import { LiveQueries } from './live/live-queries.js'
import { Nodes } from './lanes/nodes.js'
import { PooledLane } from './lanes/pooled-lane.js'
import { Session } from './lanes/session.js'
import { SteadyChannel } from './lanes/steady-channel.js'
import type { StoreShelf, TakenStore } from './stores/store-shelf.js'
import type { Transfer } from './transfer/transfer.js'
import { Transfers } from './transfer/transfers.js'
import { WebSocketChannel } from './channels/web-socket-channel.js'

/** What a line is made of. */
export interface LineOptions {
  readonly options: LinkOptions
  readonly shelf: StoreShelf
  /** Files next to which the native engine may be installed, best first. */
  readonly resolveFrom: readonly string[]
  readonly events: LineEvents
}

/** A call, and which way it goes. */
export interface LineCall extends Call {
  readonly lease: number | undefined
  readonly isSteady: boolean
}

type OnDown = (failure: LinkFailure) => void

/**
 * The host's end of one link: the lane its calls take, the one steady channel that live queries and sessions of the driver
 * live on, and the loans of its transactions.
 */
export class Line {
  readonly #given: LineOptions
  readonly #nodes: Nodes
  readonly #session: Session
  readonly #steady: SteadyChannel
  readonly #lane: Lane
  readonly #lender: Lender
  readonly #lives: LiveQueries
  readonly #loans = new Map<number, Loan<Channel>>()
  readonly #transfers = new Transfers((request, timeout) => this.#openTransfer(request, timeout))
  /** Loans that are asked for and not there yet. */
  readonly #awaited = new Set<number>()
  #isListening = false

  constructor(given: LineOptions) {
    const { options, events } = given
    const { target, pool, backoff, openTimeout } = options
    this.#given = given
    this.#nodes = new Nodes(target.urls)
    this.#session = new Session(openTimeout)
    this.#lives = new LiveQueries((notification) => events.notification(notification))
    const isPlain = target.kind !== 'http' && !pool
    this.#steady = new SteadyChannel({
      connect: (timeout, onDown, signal) => this.#connectSteady(timeout, onDown, signal),
      session: this.#session,
      backoff,
      openTimeout,
      moved: (channel) => this.#moved(channel),
      state: (state) => {
        const isEnd = (state.kind === 'down' && state.isFinal) || (state.kind === 'refused' && !options.isRenewable)
        if (isEnd) this.#lives.endAll(state.failure)
        if (isPlain) events.state(state)
      },
    })
    this.#lane = this.#chooseLane()
    this.#lender = this.#lane instanceof PooledLane && target.kind === 'websocket' ? this.#lane : this.#steady
  }

  open(timeout: number): Promise<LinkFailure | undefined> {
    return this.#lane.open(timeout)
  }

  async execute(call: LineCall): Promise<LinkReply> {
    const { lease, isSteady } = call
    if (lease === undefined) return (isSteady ? this.#steady : this.#lane).execute(call)
    const loan = this.#loans.get(lease)
    if (!loan?.channel.isOpen) return failed('not-sent', 'the channel of the transaction is gone')
    return this.#session.pass(loan.channel, call)
  }

  async ask(question: LinkQuestion): Promise<Answer> {
    switch (question.operation) {
      case 'borrow':
        return this.#borrow(question.lease, question.timeout)
      case 'live': {
        const channel = await this.#steadyChannel(question.timeout)
        return 'reason' in channel ? { failure: channel } : toAnswer(await this.#lives.start(question, channel))
      }
      case 'next':
        return { items: await this.#lives.next(question.live, question.timeout) }
      case 'kill': {
        const channel = await this.#steady.channel(question.timeout)
        const reply = await this.#lives.kill(question.live, 'reason' in channel ? undefined : channel, question.timeout)
        return reply ? toAnswer(reply) : {}
      }
      case 'counters':
        return { counters: this.#lane.counters() }
      case 'transfer':
        return toAnswer(await this.#transfers.start(question, question.timeout))
      case 'write':
        return toAnswer(await this.#transfers.write(question.transfer, question.bytes, question.timeout))
      case 'read':
        return toAnswer(await this.#transfers.read(question.transfer, question.timeout))
      case 'drop':
        this.#transfers.drop(question.transfer)
        return {}
      default:
        return question satisfies never
    }
  }

  remember(key: string, { id, bytes }: Pick<Call, 'id' | 'bytes'>): void {
    this.#session.set(key, {
      id,
      bytes,
      timeout: this.#given.options.openTimeout,
      headers: undefined,
      ownSession: false,
      remember: key,
    })
  }

  giveBack(lease: number, isDiscarded: boolean): void {
    this.#awaited.delete(lease)
    const loan = this.#loans.get(lease)
    this.#loans.delete(lease)
    if (isDiscarded || !loan?.channel.isOpen) loan?.discard()
    else loan.giveBack()
  }

  forget(id: string): void {
    this.#lane.forget(id)
    this.#steady.forget(id)
    for (const { channel } of this.#loans.values()) channel.forget(id)
  }

  /** Notifications of live queries that were started by other means are wanted from now on. */
  async listen(): Promise<void> {
    this.#isListening = true
    const channel = await this.#steady.channel(this.#given.options.openTimeout)
    if (!('reason' in channel)) channel.listen()
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    this.#lives.endAll({ reason: 'closed', message: 'the link was closed' })
    this.#transfers.dropAll()
    const closing = [this.#lane.close(timeout), this.#steady.close(timeout)]
    this.#endLoans(timeout)
    const failures = await Promise.all(closing)
    return failures.find((failure) => failure !== undefined)
  }

  /** Nothing can be asked in a transaction any more: it ends with the call that is under way. */
  #endLoans(timeout: number): void {
    for (const loan of this.#loans.values()) void loan.channel.close(timeout).then(() => loan.discard())
    this.#loans.clear()
  }

  async #borrow(lease: number, timeout: number): Promise<Answer> {
    this.#awaited.add(lease)
    const loan = await this.#lender.borrow(timeout)
    const isWanted = this.#awaited.delete(lease)
    if ('reason' in loan) return { failure: loan }
    this.#loans.set(lease, loan)
    // its borrower has given up and will not come for it
    if (!isWanted) this.giveBack(lease, false)
    return {}
  }

  /** Whatever carries the calls, a server exports and imports over http. */
  async #openTransfer(request: TransferRequest, timeout: number): Promise<Transfer> {
    if (this.#given.options.target.kind !== 'embedded') {
      const transfer = await this.#nodes.connect((node, left) => HttpTransfer.open(node, request, left), timeout)
      if ('reason' in transfer) throw new OpenFailed(transfer)
      return transfer
    }
    const channel = await this.#steadyChannel(timeout)
    if ('reason' in channel) throw new OpenFailed(channel)
    return channel.export(request)
  }

  /** The steady channel, with the session on it. */
  async #steadyChannel(timeout: number): Promise<Channel | LinkFailure> {
    const loan = await this.#steady.borrow(timeout)
    return 'reason' in loan ? loan : loan.channel
  }

  async #moved(channel: Channel): Promise<void> {
    if (this.#isListening) channel.listen()
    await this.#lives.moveTo(channel)
  }

  #chooseLane(): Lane {
    const { options, events } = this.#given
    const { target, pool, backoff, openTimeout } = options
    if (pool) {
      return new PooledLane({
        limits: pool,
        connect: (timeout, onDown, signal) => this.#connect(timeout, onDown, signal),
        session: this.#session,
        carry: (channel, call) =>
          target.kind === 'http' ? this.#session.pass(channel, call) : this.#session.execute(channel, call),
        backoff,
        openTimeout,
        state: (state) => events.state(state),
      })
    }
    return target.kind === 'http' ? new HttpLane(this.#nodes, this.#session) : this.#steady
  }

  /** One channel of the target's own kind. */
  async #connect(timeout: number, onDown: OnDown, signal?: AbortSignal): Promise<Channel> {
    const { options, shelf, resolveFrom } = this.#given
    const events = { notification: (bytes: Uint8Array) => this.#lives.notified(bytes), down: onDown }
    switch (options.target.kind) {
      case 'embedded':
        return this.#connectStore(await shelf.take(options.target.urls[0], resolveFrom), events)
      case 'websocket':
        return this.#connectSocket(timeout, onDown, signal)
      case 'http':
        return new HttpChannel(this.#nodes)
      default:
        return options.target.kind satisfies never
    }
  }

  async #connectStore(taken: TakenStore, events: ChannelEvents): Promise<Channel> {
    const { commits } = taken.store
    const channel = await EmbeddedChannel.open(taken, events)
    return new GatedChannel(commits ? new GatedChannel(channel, commitGate(commits)) : channel, sessionGate())
  }

  /** Http has no session, so what needs one goes to the same nodes over a websocket. */
  #connectSteady(timeout: number, onDown: OnDown, signal: AbortSignal): Promise<Channel> {
    return this.#given.options.target.kind === 'http'
      ? this.#connectSocket(timeout, onDown, signal)
      : this.#connect(timeout, onDown, signal)
  }

  #connectSocket(timeout: number, onDown: OnDown, signal?: AbortSignal): Promise<Channel> {
    const { heartbeat } = this.#given.options
    return this.#nodes.connect(async (node, left) => {
      const down = (failure: LinkFailure): void => {
        this.#nodes.failed(node)
        onDown(failure)
      }
      const events = { notification: (bytes: Uint8Array) => this.#lives.notified(bytes), down }
      const url = node.replace(/^http/, 'ws')
      const channel = await WebSocketChannel.open({ url, timeout: left, heartbeat, signal }, events)
      return new GatedChannel(channel, sessionGate())
    }, timeout)
  }
}
