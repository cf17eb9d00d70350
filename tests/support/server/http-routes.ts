import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Uuid } from 'surrealdb'
import { RefusedRequest, type Engine } from './engine.js'
import { RpcClient, type RpcRules } from './rpc-client.js'
import { liveNotSupported, methodNotFound } from './rpc-errors.js'
import { codec, encode, replyTo, type Outcome, type RpcRequest } from './rpc-reply.js'

/** What is sent back. */
interface Answer {
  readonly status?: number
  readonly type?: string
  readonly body?: string | Buffer
}

/** A request with all its bytes. */
interface Asked {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface StatementReply {
  readonly status: 'OK' | 'ERR'
  readonly result: unknown
}

type Route = (asked: Asked) => Answer | Promise<Answer>

const JSON_TYPE = 'application/json'
const CBOR_TYPE = 'application/cbor'
const TRANSACTIONS = new Set(['begin', 'commit', 'cancel'])
const LIVE = new Set(['live', 'kill'])

/** The http side: every request brings its whole session in its headers. */
export class HttpRoutes {
  readonly #client: RpcClient
  readonly #routes: Readonly<Record<string, Route>> = {
    'GET /health': () => ({}),
    'GET /ready': () => ({}),
    'GET /status': () => ({}),
    'GET /version': async () => ({ type: 'text/plain', body: await this.#version() }),
    'POST /rpc': (asked) => this.#rpc(asked),
    'POST /sql': (asked) => this.#sql(asked),
    'GET /export': (asked) => this.#export(asked),
    'POST /export': (asked) => this.#export(asked),
    'POST /import': (asked) => this.#import(asked),
  }

  constructor(
    readonly engine: Engine,
    readonly rules: RpcRules,
  ) {
    this.#client = new RpcClient(engine, rules)
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status = 200, type = 'text/plain', body = '' } = await this.#answer(request)
    response.writeHead(status, { 'content-type': type }).end(body)
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    try {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { pathname } = new URL(request.url ?? '/', 'http://server')
      const route = this.#routes[`${request.method} ${pathname}`]
      if (!route) return { status: 404, body: 'Not found' }
      return await route({ headers: request.headers, body: Buffer.concat(chunks) })
    } catch (error) {
      const isForbidden = error instanceof Error && error.message.startsWith('IAM error')
      return isForbidden ? refusal(403, 'Forbidden', error) : refusal(400, 'Bad request', error)
    }
  }

  async #version(): Promise<string> {
    return this.rules.version ?? String(await this.engine.call({ method: 'version' }))
  }

  #rpc({ headers, body }: Asked): Promise<Answer> {
    const request = codec.decode<RpcRequest>(new Uint8Array(body))
    return this.#withSession(headers, async (session) => {
      const outcome = unsupported(request.method) ?? (await this.#client.answer(request, session))
      return { type: CBOR_TYPE, body: replyTo(request.id, outcome) }
    })
  }

  #sql({ headers, body }: Asked): Promise<Answer> {
    return this.#signedIn(headers, async (session) => {
      const results = await this.engine.call({ method: 'query', params: [body.toString()], session })
      return headers.accept === CBOR_TYPE
        ? { type: CBOR_TYPE, body: encode(results) }
        : { type: JSON_TYPE, body: JSON.stringify(results) }
    })
  }

  #export({ headers, body }: Asked): Promise<Answer> {
    return this.#signedIn(headers, async (session) => {
      // the engine exports for anybody, a server for those who may see everything
      const [info] = await this.#statements('INFO FOR DB', session)
      if (info?.status === 'ERR') return refusal(403, 'Forbidden', info.result)
      return { body: await this.engine.export(placeOf(headers), exportOptions(headers, body)) }
    })
  }

  /** A server answers with the statements that failed, and no others. */
  #import({ headers, body }: Asked): Promise<Answer> {
    return this.#signedIn(headers, async (session) => {
      const statements = await this.#statements(`OPTION IMPORT;\n${body.toString()}`, session)
      return { type: JSON_TYPE, body: JSON.stringify(statements.filter(({ status }) => status === 'ERR')) }
    })
  }

  async #statements(text: string, session: Uuid): Promise<readonly StatementReply[]> {
    return (await this.engine.call({ method: 'query', params: [text, {}], session })) as readonly StatementReply[]
  }

  /** The same, but not for an anonymous session where everybody has to sign in. */
  #signedIn(headers: IncomingHttpHeaders, task: (session: Uuid) => Promise<Answer>): Promise<Answer> {
    return this.#withSession(headers, async (session) => {
      if (!this.rules.requireAuth || headers.authorization) return task(session)
      return refusal(403, 'Forbidden', 'Not enough permissions to perform this action')
    })
  }

  async #withSession(headers: IncomingHttpHeaders, task: (session: Uuid) => Promise<Answer>): Promise<Answer> {
    const session = await this.engine.newSession()
    this.#client.adopt(session)
    try {
      await this.#prepare(headers, session)
    } catch (error) {
      await this.#client.detach(session)
      if (error instanceof RefusedRequest) return refusal(401, 'Authentication failed', error.message)
      throw error
    }
    try {
      return await task(session)
    } finally {
      await this.#client.detach(session)
    }
  }

  async #prepare(headers: IncomingHttpHeaders, session: Uuid): Promise<void> {
    const [kind, credentials = ''] = (headers.authorization ?? '').split(' ')
    if (kind === 'Bearer') await this.#prepareWith({ method: 'authenticate', params: [credentials] }, session)
    if (kind === 'Basic') {
      const [, user, pass] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? []
      await this.#prepareWith({ method: 'signin', params: [{ user, pass, ...authPlace(headers) }] }, session)
    }
    const place = placeOf(headers)
    if (place.some(Boolean)) await this.#prepareWith({ method: 'use', params: place }, session)
  }

  async #prepareWith(request: RpcRequest, session: Uuid): Promise<void> {
    const { kind, body } = await this.#client.answer({ id: '0', ...request }, session)
    if (kind === 'error') throw new RefusedRequest(body)
  }
}

/** What a real server does over websocket only. */
function unsupported(method: string): Outcome | undefined {
  if (TRANSACTIONS.has(method)) return methodNotFound(method)
  return LIVE.has(method) ? liveNotSupported() : undefined
}

function placeOf(headers: IncomingHttpHeaders): string[] {
  return [headers['surreal-ns'], headers['surreal-db']] as string[]
}

/** Of which namespace or database the user of the basic credentials is. */
function authPlace(headers: IncomingHttpHeaders): object {
  const { 'surreal-auth-ns': namespace, 'surreal-auth-db': database } = headers
  return { ...(namespace && { NS: namespace }), ...(database && { DB: database }) }
}

function exportOptions({ 'content-type': type }: IncomingHttpHeaders, body: Buffer): Buffer | undefined {
  if (body.length === 0) return undefined
  return type === JSON_TYPE ? encode(JSON.parse(body.toString())) : body
}

function refusal(status: number, details: string, reason: unknown): Answer {
  const information = reason instanceof Error ? reason.message : String(reason)
  return { status, type: JSON_TYPE, body: JSON.stringify({ code: status, details, information }) }
}
