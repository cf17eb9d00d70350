import type { LinkFailure, LinkReply } from '../../link.js'
import { failed, messageOf, type Call, type Channel, noExport } from './channel.js'
import { settlesWithin } from '../deadline.js'
import type { Nodes } from '../lanes/nodes.js'

const CBOR = 'application/cbor'
/** Errors of the network, or of a certificate, that come before anything is sent. */
const NO_CONNECTION = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|UNABLE_TO_.*)$/
/** These come while connecting, and out of a connection that is open. */
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH)$/

/** Whether a request certainly did not reach the server. */
export function isUnsent({ code = '', syscall }: NodeJS.ErrnoException): boolean {
  return NO_CONNECTION.test(code) || (UNREACHABLE.test(code) && syscall === 'connect')
}

/** A proxy that has no answer of its server: the request may have reached it. */
const GATEWAY = [502, 503, 504]

/** What one request has until it is given up. */
interface Patience {
  readonly deadline: AbortSignal
  readonly forgotten: AbortSignal
}

/**
 * Requests of their own, each with its session in its headers; there is nothing to open. Each goes to the node whose turn it
 * is, and to the next one when that cannot be reached.
 */
export class HttpChannel implements Channel {
  readonly #nodes: Nodes
  readonly #calls = new Map<string, { readonly abort: AbortController; readonly settled: Promise<LinkReply> }>()
  #closing = false

  constructor(nodes: Nodes) {
    this.#nodes = nodes
  }

  get isOpen(): boolean {
    return !this.#closing
  }

  execute(call: Call): Promise<LinkReply> {
    if (this.#closing) return Promise.resolve(failed('closed', 'the connection was closed'))
    const abort = new AbortController()
    const settled = this.#deliver(call, abort.signal).finally(() => this.#calls.delete(call.id))
    this.#calls.set(call.id, { abort, settled })
    return settled
  }

  /** Http brings no notifications. */
  listen(): void {}

  readonly export = noExport

  forget(id: string): void {
    this.#calls.get(id)?.abort.abort()
  }

  async close(timeout: number): Promise<LinkFailure | undefined> {
    this.#closing = true
    const calls = [...this.#calls.values()]
    if (await settlesWithin(Promise.all(calls.map(({ settled }) => settled)), timeout)) return undefined
    for (const { abort } of calls) abort.abort()
    return { reason: 'timeout', message: `calls were still under way after ${Math.round(timeout)} ms` }
  }

  async #deliver(call: Call, forgotten: AbortSignal): Promise<LinkReply> {
    const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(call.timeout)))
    let reply = failed('not-sent', 'there is no node')
    for (const url of this.#nodes.inOrder()) {
      reply = await this.#post(url, call, { deadline, forgotten })
      if (reply.ok || reply.failure.reason !== 'not-sent') break
    }
    return reply
  }

  async #post(url: string, { bytes, headers, timeout }: Call, { deadline, forgotten }: Patience): Promise<LinkReply> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': CBOR, accept: CBOR, ...headers },
        body: bytes as BodyInit,
        signal: AbortSignal.any([deadline, forgotten]),
      })
      this.#nodes.worked(url)
      return response.ok
        ? { ok: true, bytes: new Uint8Array(await response.arrayBuffer()) }
        : { ok: false, failure: await refusal(response) }
    } catch (error) {
      if (deadline.aborted || forgotten.aborted) return failed('timeout', `no answer within ${Math.round(timeout)} ms`)
      const reply = networkFailure(url, error)
      if (!reply.ok && reply.failure.reason === 'not-sent') this.#nodes.failed(url)
      return reply
    }
  }
}

async function refusal(response: Response): Promise<LinkFailure> {
  const text = (await response.text()).trim().replace(/\s+/g, ' ').slice(0, 200)
  const { status } = response
  const reason = GATEWAY.includes(status) ? 'lost' : 'refused'
  return { reason, status, message: `status ${status} ${response.statusText}${text && `: ${text}`}` }
}

/** `fetch` says only "fetch failed"; the cause is below. */
function networkFailure(url: string, error: unknown): LinkReply {
  const cause = error instanceof Error && error.cause ? error.cause : error
  const reason = isUnsent(cause as NodeJS.ErrnoException) ? 'not-sent' : 'lost'
  return failed(reason, `${url}: ${messageOf(cause) || String((cause as NodeJS.ErrnoException).code)}`)
}
