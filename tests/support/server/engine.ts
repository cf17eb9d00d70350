import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { Uuid } from 'surrealdb'
import { mayCommit } from '../../../src/connection/bridge/host/channels/gates.js'
import { Turns } from '../../../src/connection/bridge/host/channels/turns.js'
import type { NativeEngine } from '../../../src/connection/bridge/host/stores/native-engine.js'
import { codec, encode, outcomeOf, type Outcome, type RpcRequest } from './rpc-reply.js'

/** A request of the server's own was refused. */
export class RefusedRequest extends Error {
  constructor(readonly body: Buffer) {
    super((codec.decode(new Uint8Array(body)) as { readonly message: string }).message)
  }
}

const UNKNOWN_METHOD = 'Method not found'

/** The embedded engine behind the server. Every session of every client is one of its sessions. */
export class Engine {
  readonly #native: NativeEngine
  /** A real server has stores that keep commits apart by themselves; this one gives them turns. */
  readonly #commits = new Turns()
  #exclusive: Promise<unknown> = Promise.resolve()
  /** Before version 3 there is one session, and all clients have that one. */
  #hasSessions = true

  private constructor(native: NativeEngine) {
    this.#native = native
  }

  /** The process is that of one engine, whichever package it comes from. */
  static async open(store: string, packageName = '@surrealdb/node'): Promise<Engine> {
    await import(packageName)
    const { cache } = createRequire(import.meta.url)
    const file = Object.keys(cache).find((name) => name.endsWith('.node') && name.includes('surrealdb-node'))
    const binding = cache[file ?? '']?.exports as {
      SurrealNodeEngine: { connect(url: string): Promise<NativeEngine> }
    }
    return new Engine(await binding.SurrealNodeEngine.connect(store))
  }

  /** The bytes of the reply are passed on as the engine encoded them. */
  async execute(request: RpcRequest): Promise<Outcome> {
    const { session, ...others } = request
    const bytes = encode(this.#hasSessions && session ? request : others)
    if (request.txn !== undefined ? request.method !== 'commit' : !mayCommit({ bytes })) return this.#run(bytes)
    await this.#commits.enter(true)?.turn
    return this.#run(bytes).finally(() => this.#commits.leave())
  }

  async #run(request: Buffer): Promise<Outcome> {
    try {
      return outcomeOf(Buffer.from(await this.#native.execute(request)))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      // since version 3, it throws only what is no request at all; before that, all that a server answers
      if (this.#hasSessions && message !== UNKNOWN_METHOD) throw error
      return refusalOf(message)
    }
  }

  /** A request of the server's own; throws `RefusedRequest`. */
  async call(request: RpcRequest): Promise<unknown> {
    const { kind, body } = await this.execute({ id: '0', ...request })
    if (kind === 'error') throw new RefusedRequest(body)
    return codec.decode(new Uint8Array(body))
  }

  async newSession(): Promise<Uuid> {
    const session = new Uuid(randomUUID())
    if (this.#hasSessions) {
      const { kind, body } = await this.execute({ id: '0', method: 'attach', session })
      if (kind === 'error' && !isUnknownMethod(body)) throw new RefusedRequest(body)
      this.#hasSessions = kind === 'result'
    }
    return session
  }

  /** Calls `listener` with each live notification. */
  async listen(listener: (notification: Uint8Array) => void): Promise<void> {
    const receiver = await this.#native.notifications()
    for (let next = await receiver.recv(); next !== null; next = await receiver.recv()) listener(next)
  }

  export(place: readonly string[], options?: Uint8Array): Promise<string> {
    return this.#inPlace(place, () => this.#native.export(options))
  }

  /** The engine exports for its one nameless session only, so exports take turns. */
  #inPlace<Result>(place: readonly string[], task: () => Promise<Result>): Promise<Result> {
    const result = this.#exclusive.then(async () => {
      await this.call({ method: 'use', params: place })
      return task()
    })
    this.#exclusive = result.catch(() => {})
    return result
  }
}

function isUnknownMethod(body: Buffer): boolean {
  return new RefusedRequest(body).message === UNKNOWN_METHOD
}

function refusalOf(message: string): Outcome {
  return { kind: 'error', body: encode({ code: message === UNKNOWN_METHOD ? -32601 : -32000, message }) }
}
