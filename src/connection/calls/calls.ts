import { AbortedError, AuthenticationError, SurrealEngineError, TransactionConflictError } from '../../errors.js'
import type { CompiledQuery } from '../../surrealql/compiled-query.js'
import type { Answer, Link, LinkFailure, LinkQuestion, LinkReply, RequestEnvelope } from '../bridge/link.js'
import { sessionKey } from '../bridge/session-key.js'
import { pause, perform, type BothModes, type Work } from '../both-modes.js'
import { ConflictQueue } from './conflict-queue.js'
import type { CheckedOptions } from '../options/connection-options.js'
import { Deadline } from './deadline.js'
import { toMilliseconds } from '../options/duration.js'
import type { ExecutorOptions } from './executor.js'
import { linkError } from './link-error.js'
import { mayTryAgain, type FailedCall } from './may-try-again.js'
import { isPartOfTransaction } from './part-of-transaction.js'
import { CONFLICT_BACKOFF, pauseAfter } from './pause-after.js'
import { refusalError } from './refusal-error.js'
import {
  decodeReply,
  encodeRequest,
  queryOutcome,
  statementOutcomes,
  type EncodedRequest,
  type RpcRequest,
} from './rpc.js'
import { changesUser, type SessionState } from '../session/session-state.js'
import { ValueCodec } from './value-codec.js'

/** Over which channel a call goes, and in which transaction. */
export interface CallPlace {
  readonly lease?: number
  readonly txn?: unknown
  /** It goes to the host as this question, because it begins something that outlives it. */
  readonly ask?: (sent: SentRequest) => LinkQuestion
  /** Its result is wanted as it came, with the statements that failed. */
  readonly isRaw?: boolean
  /** It is a part of something that is watched as a whole. */
  readonly watch?: CallWatch | undefined
  /** In which context of OpenTelemetry it is made; undefined: the active one. */
  readonly trace?: unknown
}

/** A request on its way. */
export interface SentRequest {
  readonly id: string
  readonly bytes: Uint8Array
  /** Milliseconds. */
  readonly timeout: number
}

/** A call that failed and will be made again. */
export interface RetryEvent {
  readonly connection: string
  /** 1 for the first try. */
  readonly attempt: number
  /** Milliseconds until the next try. */
  readonly delay: number
  readonly error: SurrealEngineError
}

/** What a call brought. */
export type CallOutcome = { readonly value: unknown } | { readonly error: unknown }

/** Who is told what becomes of one call. */
export interface CallWatch {
  retrying(event: RetryEvent): void
  ended(outcome: CallOutcome): void
}

/** Who is told what becomes of calls. */
export interface CallObserver {
  /** A call begins. */
  started(request: RpcRequest, place: CallPlace): CallWatch
}

/** Who can sign in again. */
export interface Renewal {
  readonly isPossible: boolean
  renew(): Work<void>
  /** Never fails. */
  renewIfDue(): Work<void>
}

export interface CallsOptions {
  readonly link: Link
  readonly options: CheckedOptions
  readonly session: SessionState
  readonly observer: CallObserver
}

type Outcome = { readonly ok: true; readonly value: unknown } | ({ readonly ok: false } & FailedCall)

/** A query that is made ready before its call, and what of it must be the same then. */
interface ReadyRequest extends EncodedRequest {
  readonly text: string
  readonly txn: unknown
}

interface MadeCall {
  readonly request: RpcRequest
  readonly how: ExecutorOptions
  readonly place: CallPlace
}

/** How far a call has come. */
interface Tries {
  readonly deadline: Deadline
  count: number
  isRenewed: boolean
  /** A try may have been carried out, though its channel broke. */
  wasLost: boolean
  /** Ends its turn among those that lost against another transaction. */
  leave?: () => void
}

/** Methods that can be carried out twice without harm. (A transaction that was begun and lost ends by itself.) */
const REPEATABLE = new Set([
  ...['ping', 'version', 'info', 'begin', 'cancel'],
  ...['use', 'let', 'unset', 'signin', 'authenticate', 'invalidate'],
])

/**
 * The calls of one connection: each is encoded, carried to the database, and decoded, within its deadline; and made again
 * when that is safe. Nothing else of the package talks to the link.
 */
export class Calls {
  readonly codec = new ValueCodec()
  readonly #given: CallsOptions
  readonly #conflicts = new ConflictQueue()
  /** Requests that are ready to be sent, by the bindings of their query. */
  readonly #ready = new WeakMap<object, ReadyRequest>()
  /** Set once, by whoever knows the credentials. */
  renewal: Renewal | undefined

  constructor(given: CallsOptions) {
    this.#given = given
  }

  /** One call with all that belongs to it. */
  *call(request: RpcRequest, how: ExecutorOptions = {}, place: CallPlace = {}): Work<unknown> {
    if (place.watch) return yield* this.#renewedTries(request, how, place)
    const watch = this.#given.observer.started(request, place)
    try {
      const value = yield* this.#renewedTries(request, how, { ...place, watch })
      watch.ended({ value })
      return value
    } catch (error) {
      watch.ended({ error })
      throw error
    }
  }

  /** One call, made once. */
  *once(request: RpcRequest, timeout: number): Work<unknown> {
    const outcome = yield* this.#attempt(request, {}, { place: {}, deadline: new Deadline(timeout) })
    if (outcome.ok) return outcome.value
    throw outcome.error
  }

  /** One call that nobody is told of, made again where that is safe. */
  *repeatedly(request: RpcRequest, timeout: number): Work<unknown> {
    return yield* this.#tries(request, { timeout }, {})
  }

  *#renewedTries(request: RpcRequest, how: ExecutorOptions, place: CallPlace): Work<unknown> {
    if (place.lease === undefined && this.renewal) yield* this.renewal.renewIfDue()
    return yield* this.#tries(request, how, place)
  }

  *#tries(request: RpcRequest, how: ExecutorOptions, place: CallPlace): Work<unknown> {
    const call: MadeCall = { request, how, place }
    const tries: Tries = { deadline: new Deadline(this.#timeout(how)), count: 0, isRenewed: false, wasLost: false }
    try {
      for (;;) {
        tries.count++
        const outcome = yield* this.#attempt(request, how, { place, deadline: tries.deadline })
        if (outcome.ok) return outcome.value
        if (tries.wasLost && how.ifExists && outcome.error.code === 'RECORD_EXISTS') {
          return yield* this.#tries(toRequest(how.ifExists()), { idempotent: true }, place)
        }
        yield* this.#prepareNext(call, outcome, tries)
      }
    } finally {
      tries.leave?.()
    }
  }

  /** Whatever has to happen before the next try; throws when there must not be one. */
  *#prepareNext({ request, how, place }: MadeCall, outcome: FailedCall, tries: Tries): Work<void> {
    if (!tries.isRenewed && this.#needsSignIn(outcome, request, place)) {
      tries.isRenewed = true
      return yield* this.renewal!.renew()
    }
    tries.wasLost ||= outcome.failure?.reason === 'lost'
    const delay = this.#delay(outcome, tries.count, place)
    if (delay === undefined || !tries.deadline.hasTimeAfter(delay)) throw outcome.error
    place.watch?.retrying({ connection: this.#name, attempt: tries.count, delay, error: outcome.error })
    yield* perform(pause(delay, how.signal))
    if (!outcome.failure) tries.leave ??= yield* perform(this.#conflicts.enter)
  }

  *#attempt(
    request: RpcRequest,
    how: ExecutorOptions,
    at: { readonly place: CallPlace; readonly deadline: Deadline },
  ): Work<Outcome> {
    const changed = this.#given.session.changing(request)
    if (!changed) return yield* this.#carry(request, how, at)
    let isKnown = false
    try {
      const outcome = yield* this.#carry(request, how, at)
      isKnown = outcome.ok || outcome.failure === undefined || outcome.failure.reason === 'not-sent'
      return outcome
    } finally {
      changed(isKnown)
    }
  }

  *#carry(
    request: RpcRequest,
    how: ExecutorOptions,
    { place, deadline }: { readonly place: CallPlace; readonly deadline: Deadline },
  ): Work<Outcome> {
    const { link, session } = this.#given
    const remember = sessionKey(request)
    const txn = isPartOfTransaction(request, how) ? place.txn : undefined
    const { id, bytes } = this.#encoded(request, txn)
    if (place.lease === undefined && session.isLocal(request)) {
      link.remember(remember!, id, bytes)
      session.changed(request, undefined)
      return { ok: true, value: undefined }
    }
    if (how.signal?.aborted) throw aborted(this.#name, how.signal, 'nothing was sent')
    const envelope: RequestEnvelope = {
      timeout: deadline.left,
      headers: session.headersFor(request),
      remember,
      lease: place.lease,
      meanwhile: how.meanwhile && (() => this.#makeReady(how.meanwhile!, txn)),
    }
    const reply = yield* perform(this.#send({ id, bytes, envelope, signal: how.signal, ask: place.ask }))
    if (how.signal?.aborted && !reply.ok && reply.failure.reason === 'aborted') {
      throw aborted(this.#name, how.signal, 'whether the database carried it out is not known')
    }
    return this.#outcome(request, reply, {
      // what a transaction did is gone with its channel
      isRepeatable: txn !== undefined || isRepeatable(request, how),
      isRaw: place.isRaw === true,
      isEach: how.each === true,
    })
  }

  #encoded(request: RpcRequest, txn: unknown): EncodedRequest {
    const complete = this.#given.session.complete(request)
    const [text, bindings] = request.params as [unknown, object]
    const ready = this.#ready.get(bindings)
    this.#ready.delete(bindings)
    if (ready && complete === request && ready.text === text && ready.txn === txn) return ready
    return encodeRequest(this.codec, { ...complete, ...(txn !== undefined && { txn }) })
  }

  /** What is wrong with the query that follows is told when it is its turn. */
  #makeReady(following: () => CompiledQuery | undefined, txn: unknown): void {
    try {
      const query = following()
      if (!query) return
      const encoded = this.#encoded(toRequest(query), txn)
      this.#ready.set(query.bindings, { ...encoded, text: query.query, txn })
    } catch {
      // its own call meets it again
    }
  }

  #send(call: {
    readonly id: string
    readonly bytes: Uint8Array
    readonly envelope: RequestEnvelope
    readonly signal: AbortSignal | undefined
    readonly ask: CallPlace['ask']
  }): BothModes<LinkReply> {
    const { link } = this.#given
    const { id, bytes, envelope, signal, ask } = call
    if (ask) {
      const question = ask({ id, bytes, timeout: envelope.timeout })
      return { async: async () => toReply(await link.ask(question)), sync: () => toReply(link.askSync(question)) }
    }
    return {
      sync: () => link.executeSync(id, bytes, envelope),
      async: () => {
        const reply = link.execute(id, bytes, envelope)
        return signal ? untilAborted(reply, signal, () => link.forget(id)) : reply
      },
    }
  }

  #outcome(
    request: RpcRequest,
    reply: LinkReply,
    how: { readonly isRepeatable: boolean; readonly isRaw: boolean; readonly isEach: boolean },
  ): Outcome {
    const { session, options } = this.#given
    const { isRepeatable, isRaw } = how
    if (!reply.ok) {
      const { failure } = reply
      const error = this.#failureError(failure, isRepeatable)
      const isRefused = failure.reason === 'session-refused' || failure.reason === 'refused'
      return { ok: false, error, failure, isRepeatable, isUndone: false, isRefused }
    }
    // what has only begun brings nothing yet
    if (reply.bytes.length === 0) return { ok: true, value: undefined }
    try {
      const value = decodeReply(this.codec, reply.bytes, options.target.kind === 'embedded')
      if (request.method === 'query' && !isRaw) return queryCallOutcome(request, value, how)
      session.changed(request, value)
      return { ok: true, value }
    } catch (error) {
      if (!(error instanceof SurrealEngineError)) throw error
      return { ok: false, error, failure: undefined, isRepeatable, isUndone: false, isRefused: true }
    }
  }

  /** The database's own words, where it has said why it refused the session. */
  #failureError(failure: LinkFailure, isRepeatable: boolean): SurrealEngineError {
    if (failure.reply) {
      try {
        decodeReply(this.codec, failure.reply, this.#given.options.target.kind === 'embedded')
      } catch (error) {
        if (error instanceof SurrealEngineError) return error
      }
    }
    return refusalError(failure) ?? linkError(failure, { connection: this.#name, isRepeatable })
  }

  /** A token or a session that has ended; in a transaction it is too late for another one. */
  #needsSignIn({ error, isRefused }: FailedCall, request: RpcRequest, place: CallPlace): boolean {
    if (!this.renewal?.isPossible || place.lease !== undefined || changesUser(request)) return false
    return isRefused && error instanceof AuthenticationError
  }

  /** Milliseconds until the next try; undefined when there is none. A transaction is tried again as a whole. */
  #delay(outcome: FailedCall, attempt: number, place: CallPlace): number | undefined {
    const { retry } = this.#given.options
    if (!retry || attempt > retry.limit || place.lease !== undefined || !mayTryAgain(outcome)) return undefined
    return pauseAfter(attempt, outcome.failure ? retry : CONFLICT_BACKOFF)
  }

  #timeout({ timeout }: ExecutorOptions): number {
    return timeout === undefined ? this.#given.options.operationTimeout : toMilliseconds(timeout, 'timeout')
  }

  get #name(): string {
    return this.#given.options.name
  }
}

function queryCallOutcome(
  request: RpcRequest,
  reply: unknown,
  { isRepeatable, isEach }: { readonly isRepeatable: boolean; readonly isEach: boolean },
): Outcome {
  const { results, error, isPartial } = queryOutcome(reply, String(request.params[0]))
  // a transaction of several calls is undone as a whole, by whoever began it
  const isUndone = !isPartial && request.txn === undefined
  const isToRepeat = isUndone && error instanceof TransactionConflictError
  if (isEach && !isToRepeat) return { ok: true, value: statementOutcomes(reply) }
  if (!error) return { ok: true, value: results }
  return { ok: false, error, failure: undefined, isRepeatable, isUndone, isRefused: false }
}

function isRepeatable({ method }: RpcRequest, { idempotent, ifExists }: ExecutorOptions): boolean {
  return idempotent === true || ifExists !== undefined || REPEATABLE.has(method)
}

function toRequest({ query, bindings }: CompiledQuery): RpcRequest {
  return { method: 'query', params: [query, bindings] }
}

function toReply({ bytes, failure }: Answer): LinkReply {
  if (bytes) return { ok: true, bytes }
  return { ok: false, failure: failure ?? { reason: 'lost', message: 'the host sent an empty answer' } }
}

/** The reply, or the end of the wait for it: the database may go on with the call. */
async function untilAborted(reply: Promise<LinkReply>, signal: AbortSignal, forget: () => void): Promise<LinkReply> {
  let onAbort: () => void = () => {}
  const aborted = new Promise<LinkReply>((resolve) => {
    onAbort = () => {
      forget()
      resolve({ ok: false, failure: { reason: 'aborted', message: 'the call was aborted by its signal' } })
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([reply, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function aborted(connection: string, signal: AbortSignal, outcome: string): AbortedError {
  return new AbortedError(`Connection "${connection}": the call was aborted by its signal; ${outcome}.`, {
    cause: signal.reason,
  })
}
