import { CborCodec } from 'surrealdb'
import type { Link, LinkFailure, LinkReply, LinkTarget } from '../../src/connection/bridge/link.js'
import { createLink } from '../../src/connection/bridge/open-link.js'

export type LinkMode = 'async' | 'sync'
export const LINK_MODES: readonly LinkMode[] = ['async', 'sync']

/** What one statement of a query brought. */
export interface StatementResult {
  readonly status: 'OK' | 'ERR'
  readonly result: unknown
}

const codec = new CborCodec({})
const PATIENCE = 15_000
let count = 0

/** A link, spoken to in one of its two modes, with requests and replies as values. */
export class LinkUser {
  constructor(
    readonly target: LinkTarget,
    readonly mode: LinkMode = 'async',
    readonly link: Link = createLink({ target, openTimeout: 10_000 }),
  ) {}

  /** The same link in the other mode. */
  get other(): LinkUser {
    return new LinkUser(this.target, this.mode === 'async' ? 'sync' : 'async', this.link)
  }

  async open(timeout = PATIENCE): Promise<LinkFailure | undefined> {
    return this.mode === 'async' ? this.link.open(timeout) : this.link.openSync(timeout)
  }

  async close(timeout = PATIENCE): Promise<LinkFailure | undefined> {
    return this.mode === 'async' ? this.link.close(timeout) : this.link.closeSync(timeout)
  }

  /** Opens the link and chooses a namespace and database; throws if that fails. */
  async start(): Promise<this> {
    const failure = await this.open()
    if (failure) throw new Error(`${failure.reason}: ${failure.message}`)
    if (this.target.kind !== 'http') await this.call('use', ['test', 'test'])
    return this
  }

  /** The reply as it comes, in this mode. */
  async send(method: string, params: readonly unknown[] = [], more: object = {}): Promise<LinkReply> {
    const { timeout = PATIENCE, ...fields } = more as { timeout?: number }
    const id = `test-${++count}`
    const request = codec.encode({ id, method, params, ...fields })
    const headers = { 'surreal-ns': 'test', 'surreal-db': 'test' }
    const envelope = { timeout, headers }
    return this.mode === 'async'
      ? this.link.execute(id, request, envelope)
      : this.link.executeSync(id, request, envelope)
  }

  /** The decoded result; throws if there is none. */
  async call(method: string, params: readonly unknown[] = [], more: object = {}): Promise<unknown> {
    return this.resultOf(await this.send(method, params, more))
  }

  /** Blocks the thread with a query that lasts so long. What was started before waits for the event loop. */
  async blockFor(duration: string): Promise<void> {
    await new LinkUser(this.target, 'sync', this.link).query(`SLEEP ${duration}`)
  }

  resultOf(reply: LinkReply): unknown {
    if (!reply.ok) throw new Error(`${reply.failure.reason}: ${reply.failure.message}`)
    const value = decode(reply.bytes)
    const { error, result } = (value ?? {}) as { error?: { message: string }; result?: unknown }
    if (error) throw new Error(error.message)
    return this.target.kind === 'embedded' ? value : result
  }

  /** The results of the statements; throws if one failed. */
  async query(text: string, bindings: object = {}, more: object = {}): Promise<readonly unknown[]> {
    const statements = (await this.call('query', [text, bindings], more)) as readonly StatementResult[]
    return statements.map(({ status, result }) => {
      if (status === 'ERR') throw new Error(String(result))
      return result
    })
  }
}

/** The value in encoded bytes. */
export function decode(bytes: Uint8Array): unknown {
  return codec.decode(bytes)
}

/** Waits until `isTrue`, looking again and again; throws after a while. */
export async function until(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`never became true: ${String(isTrue)}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
