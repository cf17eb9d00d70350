import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LinkFailure, LinkReply, TransferRequest } from '../../link.js'
import { messageOf, OpenFailed } from '../channels/channel.js'
import { LONGEST_TIMER } from '../deadline.js'
import { isUnsent } from '../channels/http-channel.js'
import { nothing, type Transfer } from './transfer.js'

/** How long a server may take to say that it will read what is imported; one that knows no such word says nothing. */
const CONTINUE_PATIENCE = 1000
/** Characters of a refusal that are read. */
const LONGEST_REFUSAL = 16_384

/**
 * One http request whose body goes out, and whose answer comes in, a piece at a time: what is not asked for stays in the
 * network, so that it never piles up here.
 */
export class HttpTransfer implements Transfer {
  readonly #request: ClientRequest
  readonly #waiting = new Set<() => void>()
  #response: IncomingMessage | undefined
  #failure: LinkFailure | undefined
  #isConnected = false
  #mayWrite = false
  #isAtEnd = false

  private constructor(node: string, { kind, namespace, database, token, choice }: TransferRequest) {
    const url = node.replace(/^ws/, 'http').replace(/[/]rpc$/, `/${kind}`)
    this.#request = (url.startsWith('https:') ? https : http).request(url, {
      method: kind === 'import' || choice ? 'POST' : 'GET',
      // a connection of its own: one that was kept open may be gone when the first byte is sent
      agent: false,
      headers: {
        'surreal-ns': namespace,
        'surreal-db': database,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(kind === 'import' && { accept: 'application/json', expect: '100-continue' }),
        ...(kind === 'export' && choice && { 'content-type': 'application/cbor', 'content-length': choice.length }),
      },
    })
    this.#follow()
    if (kind === 'export') this.#request.end(choice)
    else this.#request.flushHeaders()
  }

  /** Settles when the server has taken the request on, or refused it; throws `OpenFailed` where there is no server. */
  static async open(node: string, request: TransferRequest, timeout: number): Promise<HttpTransfer | LinkFailure> {
    const transfer = new HttpTransfer(node, request)
    const end = performance.now() + timeout
    const failure = await transfer.#begin(request.kind, end)
    if (!failure) return transfer
    transfer.drop()
    if (failure.reason === 'refused') return failure
    throw new OpenFailed(failure)
  }

  async write(bytes: Uint8Array, timeout: number): Promise<LinkReply> {
    let isTaken = false
    this.#request.write(bytes, () => {
      isTaken = true
      this.#turn()
    })
    const end = performance.now() + timeout
    const failure = await this.#until(() => isTaken || this.#response !== undefined, end)
    return toReply(failure ?? (await this.#refusal(end)))
  }

  async read(timeout: number): Promise<LinkReply> {
    if (!this.#request.writableEnded) this.#request.end()
    const end = performance.now() + timeout
    const failure = (await this.#until(() => this.#response !== undefined, end)) ?? (await this.#refusal(end))
    if (failure) return { ok: false, failure }
    let piece: Buffer | undefined
    const lost = await this.#until(() => {
      piece = this.#piece()
      return piece !== undefined || this.#isAtEnd
    }, end)
    if (lost) return { ok: false, failure: lost }
    return piece ? { ok: true, bytes: new Uint8Array(piece) } : nothing()
  }

  drop(): void {
    this.#failure ??= { reason: 'lost', message: 'the transfer was given up' }
    this.#request.destroy()
    this.#turn()
  }

  async #begin(kind: TransferRequest['kind'], end: number): Promise<LinkFailure | undefined> {
    if (kind === 'export') return (await this.#until(() => this.#response !== undefined, end)) ?? this.#refusal(end)
    const failure = await this.#until(() => this.#isConnected || this.#response !== undefined, end)
    if (failure) return failure
    const patience = Math.min(end, performance.now() + CONTINUE_PATIENCE)
    const silence = await this.#until(() => this.#mayWrite || this.#response !== undefined, patience)
    return silence && silence.reason !== 'timeout' ? silence : this.#refusal(end)
  }

  #follow(): void {
    const request = this.#request
    request.on('socket', (socket) => {
      socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        this.#isConnected = true
        this.#turn()
      })
    })
    request.on('continue', () => {
      this.#mayWrite = true
      this.#turn()
    })
    request.on('response', (response) => {
      this.#response = response
      response.on('readable', () => this.#turn())
      response.on('end', () => {
        this.#isAtEnd = true
        this.#turn()
      })
      response.on('error', (error) => this.#broke(error))
      this.#turn()
    })
    request.on('error', (error) => this.#broke(error))
  }

  #broke(error: Error): void {
    const { code = '' } = error as NodeJS.ErrnoException
    const reason = !this.#isConnected || isUnsent(error) ? 'not-sent' : 'lost'
    const { protocol, host } = this.#request
    this.#failure ??= { reason, message: `${protocol}//${host}: ${messageOf(error) || code}` }
    this.#turn()
  }

  #piece(): Buffer | undefined {
    return (this.#response?.read() as Buffer | null | undefined) ?? undefined
  }

  /** Why the server does not do it; undefined where it does, or has not said anything yet. */
  async #refusal(end: number): Promise<LinkFailure | undefined> {
    const response = this.#response
    const { statusCode: status = 0, statusMessage = '' } = response ?? {}
    if (!response || (status >= 200 && status < 300)) return undefined
    let text = ''
    await this.#until(() => {
      for (let piece = this.#piece(); piece; piece = this.#piece()) text += piece.toString()
      return this.#isAtEnd || text.length > LONGEST_REFUSAL
    }, end)
    const words = wordsIn(text)
    return { reason: 'refused', status, message: `status ${status} ${statusMessage}`, ...(words !== '' && { words }) }
  }

  /** Waits until it is so; why it will not be, if it is not. */
  async #until(isSo: () => boolean, end: number): Promise<LinkFailure | undefined> {
    const timeout = end - performance.now()
    while (!isSo()) {
      if (this.#failure) return this.#failure
      const left = end - performance.now()
      if (left <= 0) return { reason: 'timeout', message: `no answer within ${Math.round(timeout)} ms` }
      await this.#nextTurn(left)
    }
    return undefined
  }

  #nextTurn(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, Math.min(timeout, LONGEST_TIMER))
      this.#waiting.add(wake)
    })
  }

  #turn(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

function toReply(failure: LinkFailure | undefined): LinkReply {
  return failure ? { ok: false, failure } : nothing()
}

/** SurrealDB explains itself in JSON; what stands before it may answer with anything. */
function wordsIn(text: string): string {
  try {
    const { information, description, details } = JSON.parse(text) as Readonly<Record<string, string | null>>
    return information ?? description ?? details ?? ''
  } catch {
    return ''
  }
}
