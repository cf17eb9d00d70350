import type { HostClient, Question } from './host-client.js'
import { hostClient } from './host-client.js'
import type {
  Answer,
  Link,
  LinkFailure,
  LinkOptions,
  LinkQuestion,
  LinkReply,
  LinkState,
  RequestEnvelope,
} from './link.js'
import { packageLocations } from './package-locations.js'

/** A link that is not open yet. Nothing is started before `open`. */
export function createLink(options: LinkOptions): Link {
  return new HostLink(options)
}

/** What the host may take beyond its own deadline before the caller gives up on it. */
const HOST_GRACE = 500

const NOT_OPEN: LinkFailure = { reason: 'not-sent', message: 'the link is not open' }
const CLOSED: LinkFailure = { reason: 'closed', message: 'the link was closed' }

/** One opening of a link: the client of the host that holds it, and its number there. */
interface Place {
  readonly client: HostClient
  readonly link: number
}

class HostLink implements Link {
  readonly #options: LinkOptions
  readonly #notificationListeners = new Set<(bytes: Uint8Array) => void>()
  readonly #downListeners = new Set<(failure: LinkFailure) => void>()
  readonly #stateListeners = new Set<(state: LinkState) => void>()
  /** From the call of `open` to `close` or to the end of the channel. */
  #place: Place | undefined
  /** Why nothing can be sent now; undefined while the link is open. */
  #unusable: LinkFailure | undefined = NOT_OPEN
  /** What `close` gave up, so that a second `close` waits for the same end. */
  #left: Place | undefined
  #stopListening: (() => void) | undefined

  constructor(options: LinkOptions) {
    this.#options = options
  }

  async open(timeout: number): Promise<LinkFailure | undefined> {
    if (this.#place) return undefined
    const place = this.#enter()
    return this.#opened(place, await place.client.request(this.#openQuestion(place, timeout), timeout + HOST_GRACE))
  }

  openSync(timeout: number): LinkFailure | undefined {
    if (this.#place) return undefined
    const place = this.#enter()
    return this.#opened(place, place.client.requestSync(this.#openQuestion(place, timeout), timeout + HOST_GRACE))
  }

  async execute(id: string, request: Uint8Array, envelope: RequestEnvelope): Promise<LinkReply> {
    const place = this.#place
    if (!place || this.#unusable) return { ok: false, failure: this.#unusable ?? NOT_OPEN }
    const question = executeQuestion(place, id, { request, envelope })
    const answer = place.client.request(question, envelope.timeout)
    envelope.meanwhile?.()
    return toReply(place, id, this.#explained(await answer))
  }

  executeSync(id: string, request: Uint8Array, envelope: RequestEnvelope): LinkReply {
    const place = this.#place
    if (!place || this.#unusable) return { ok: false, failure: this.#unusable ?? NOT_OPEN }
    const question = executeQuestion(place, id, { request, envelope })
    const answer = place.client.requestSync(question, envelope.timeout, envelope.meanwhile)
    return toReply(place, id, this.#explained(answer))
  }

  async ask(question: LinkQuestion): Promise<Answer> {
    const place = this.#place
    if (!place || this.#unusable) return { failure: this.#unusable ?? NOT_OPEN }
    return place.client.request({ ...question, link: place.link }, question.timeout + HOST_GRACE)
  }

  askSync(question: LinkQuestion): Answer {
    const place = this.#place
    if (!place || this.#unusable) return { failure: this.#unusable ?? NOT_OPEN }
    return place.client.requestSync({ ...question, link: place.link }, question.timeout + HOST_GRACE)
  }

  forget(id: string): void {
    this.#place?.client.post({ operation: 'forget', link: this.#place.link, id })
  }

  remember(key: string, id: string, bytes: Uint8Array): void {
    this.#place?.client.post({ operation: 'remember', link: this.#place.link, key, id, bytes })
  }

  giveBack(lease: number, isDiscarded: boolean): void {
    this.#place?.client.post({ operation: 'give-back', link: this.#place.link, lease, isDiscarded })
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    const place = this.#leave()
    if (!place) return undefined
    return toCloseFailure(await place.client.request(closeQuestion(place, timeout), timeout + HOST_GRACE))
  }

  closeSync(timeout: number): LinkFailure | undefined {
    const place = this.#leave()
    if (!place) return undefined
    return toCloseFailure(place.client.requestSync(closeQuestion(place, timeout), timeout + HOST_GRACE))
  }

  onNotification(listener: (bytes: Uint8Array) => void): () => void {
    this.#notificationListeners.add(listener)
    this.#updateListening()
    return () => {
      this.#notificationListeners.delete(listener)
      this.#updateListening()
    }
  }

  onDown(listener: (failure: LinkFailure) => void): () => void {
    this.#downListeners.add(listener)
    return () => void this.#downListeners.delete(listener)
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => void this.#stateListeners.delete(listener)
  }

  #enter(): Place {
    const client = hostClient()
    const link = client.addLink({
      notification: (bytes) => this.#notificationListeners.forEach((listener) => listener(bytes)),
      state: (state) => this.#changed(state),
    })
    const place = { client, link }
    this.#place = place
    this.#unusable = NOT_OPEN
    return place
  }

  #openQuestion({ client, link }: Place, timeout: number): Question {
    const options = this.#options
    if (options.target.kind === 'embedded') client.host.openedPaths.add(options.target.urls[0])
    return { operation: 'open', link, options, timeout, resolveFrom: packageLocations() }
  }

  #opened(place: Place, { failure }: Answer): LinkFailure | undefined {
    if (this.#left === place) return CLOSED
    if (this.#place !== place) return failure ?? CLOSED
    if (!failure) {
      this.#unusable = undefined
      this.#updateListening()
      return undefined
    }
    // the host may still be at it, and would then hold something that nobody has
    place.client.post({ ...closeQuestion(place, HOST_GRACE), sequence: 0 })
    this.#forget(place, NOT_OPEN)
    return failure
  }

  #changed(state: LinkState): void {
    const place = this.#place
    if (!place) return
    if (state.kind === 'down') {
      const { failure, isFinal } = state
      place.client.afterNotifications(() => this.#downListeners.forEach((listener) => listener(failure)))
      if (isFinal) {
        place.client.post({ ...closeQuestion(place, HOST_GRACE), sequence: 0 })
        this.#forget(place, { ...failure, reason: failure.reason === 'lost' ? 'not-sent' : failure.reason })
      }
    }
    for (const listener of [...this.#stateListeners]) listener(state)
  }

  /** What broke for good is closed behind its callers, who are to hear that it broke. Either way nothing was sent. */
  #explained(answer: Answer): Answer {
    return answer.failure?.reason === 'closed' && this.#unusable ? { failure: this.#unusable } : answer
  }

  #leave(): Place | undefined {
    if (!this.#place) return this.#left
    this.#left = this.#place
    this.#forget(this.#place, CLOSED)
    return this.#left
  }

  #forget({ client, link }: Place, reason: LinkFailure): void {
    this.#place = undefined
    this.#unusable = reason
    client.removeLink(link)
    this.#updateListening()
  }

  /** While somebody listens on an open link, the host sends notifications and the process stays alive for them. */
  #updateListening(): void {
    const place = this.#unusable ? undefined : this.#place
    const wanted = place !== undefined && this.#notificationListeners.size > 0
    if (wanted && !this.#stopListening) {
      place.client.post({ operation: 'listen', link: place.link })
      place.client.hold()
      this.#stopListening = () => place.client.release()
    }
    if (!wanted) {
      this.#stopListening?.()
      this.#stopListening = undefined
    }
  }
}

function executeQuestion(
  { link }: Place,
  id: string,
  call: { readonly request: Uint8Array; readonly envelope: RequestEnvelope },
): Question {
  const { timeout, headers, ownSession = false, remember, lease, isSteady = false } = call.envelope
  // The copy is moved to the host; the caller keeps its bytes, and may send them again.
  const bytes = call.request.slice()
  return { operation: 'execute', link, id, bytes, timeout, headers, ownSession, remember, lease, isSteady }
}

function closeQuestion({ link }: Place, timeout: number): Extract<Question, { operation: 'close' }> {
  return { operation: 'close', link, timeout }
}

function toReply({ client, link }: Place, id: string, { bytes, failure }: Answer): LinkReply {
  if (bytes) return { ok: true, bytes }
  const why = failure ?? { reason: 'lost', message: 'the host sent an empty answer' }
  if (why.reason === 'timeout') client.post({ operation: 'forget', link, id })
  return { ok: false, failure: why }
}

/** With the host everything it held is gone. */
function toCloseFailure({ failure }: Answer): LinkFailure | undefined {
  return failure?.reason === 'host-died' ? undefined : failure
}
