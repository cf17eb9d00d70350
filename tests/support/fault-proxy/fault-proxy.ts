import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { bundledProgram } from '../bundled-program.js'
import type { Direction } from './proxy-connection.js'
import type { Fault, ScheduledFault } from './schedule.js'

/** After so many bytes or messages in one direction, whichever is first, the connection they went over breaks. */
export interface CutLimit {
  readonly direction: Direction
  readonly bytes?: number
  /** Requests to the server, or messages to the client. */
  readonly requests?: number
}

export interface Counters {
  /** Open now. */
  readonly connections: number
  /** Open at a time, at most. */
  readonly mostConnections: number
  /** Requests without a reply at a time, at most. */
  readonly mostUnderWay: number
  /** Seen, passed on or not. */
  readonly requests: number
  readonly repliesPassed: number
  readonly repliesDropped: number
  /** Messages of a websocket that answer no request. */
  readonly notificationsPassed: number
}

/** What stands between a client and a server. A fault is armed when its promise has resolved. */
export interface FaultProxy {
  readonly port: number
  /** `ws://127.0.0.1:port/rpc` */
  readonly wsUrl: string
  /** `http://127.0.0.1:port/rpc` */
  readonly httpUrl: string
  /** Breaks every connection now. */
  cut(): Promise<void>
  cutAfter(limit: CutLimit): Promise<void>
  /** Connections stay open, and nothing flows. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  /** Each message takes so long each way, and up to `jitter` longer; order is kept. In milliseconds. */
  delay(milliseconds: number, jitter?: number): Promise<void>
  /** Of the next message to a client only so many bytes are passed, or half of them; then its connection breaks. */
  truncate(bytes?: number): Promise<void>
  /** The next request is executed; its reply is thrown away, and its connection breaks. Again: the one after it. */
  dropReply(): Promise<void>
  /** Any other fault for the next request that has none yet. */
  faultNext(fault: Fault): Promise<void>
  /** New connections are closed at once. */
  refuse(on: boolean): Promise<void>
  /** New connections are accepted, and nothing ever answers. */
  blackHole(on: boolean): Promise<void>
  /** New connections go to this port. */
  retarget(port: number): Promise<void>
  /** Faults for the requests from now on. */
  playSchedule(schedule: readonly ScheduledFault[]): Promise<void>
  counters(): Promise<Counters>
  /** Forgets every fault and every number; connections stay open. */
  reset(): Promise<void>
  stop(): Promise<void>
}

export interface ProxySettings {
  readonly target: number
  readonly port: number
}

export type ProxyCommand =
  | { readonly name: 'cut' | 'freeze' | 'thaw' | 'counters' | 'reset' }
  | { readonly name: 'cut-after'; readonly limit: CutLimit }
  | { readonly name: 'delay'; readonly milliseconds: number; readonly jitter: number }
  | { readonly name: 'truncate'; readonly bytes: number | undefined }
  | { readonly name: 'next'; readonly fault: Fault }
  | { readonly name: 'refuse' | 'black-hole'; readonly on: boolean }
  | { readonly name: 'retarget'; readonly port: number }
  | { readonly name: 'play'; readonly schedule: readonly ScheduledFault[] }

/** What the thread tells. */
export type ProxyMessage =
  { readonly port: number } | { readonly failed: string } | { readonly id: number; readonly result: unknown }

const THREAD = path.join(path.dirname(fileURLToPath(import.meta.url)), 'proxy-thread.ts')

/** Starts a proxy in front of a port of 127.0.0.1, in a thread of its own. */
export async function startFaultProxy(target: number, { port = 0 } = {}): Promise<FaultProxy> {
  // a worker does not inherit the TypeScript loader
  const worker = new Worker(bundledProgram(THREAD, 'cjs'), {
    eval: true,
    execArgv: [],
    workerData: { target, port } satisfies ProxySettings,
  })
  const thread = new ProxyThread(worker)
  const listening = await thread.listening.catch(async (error: unknown) => {
    await worker.terminate()
    throw error
  })
  worker.unref()
  const tell = async (command: ProxyCommand) => void (await thread.ask(command))
  return {
    port: listening,
    wsUrl: `ws://127.0.0.1:${listening}/rpc`,
    httpUrl: `http://127.0.0.1:${listening}/rpc`,
    cut: () => tell({ name: 'cut' }),
    cutAfter: (limit) => tell({ name: 'cut-after', limit }),
    freeze: () => tell({ name: 'freeze' }),
    thaw: () => tell({ name: 'thaw' }),
    delay: (milliseconds, jitter = 0) => tell({ name: 'delay', milliseconds, jitter }),
    truncate: (bytes) => tell({ name: 'truncate', bytes }),
    dropReply: () => tell({ name: 'next', fault: { kind: 'drop-reply' } }),
    faultNext: (fault) => tell({ name: 'next', fault }),
    refuse: (on) => tell({ name: 'refuse', on }),
    blackHole: (on) => tell({ name: 'black-hole', on }),
    retarget: (to) => tell({ name: 'retarget', port: to }),
    playSchedule: (schedule) => tell({ name: 'play', schedule }),
    counters: async () => (await thread.ask({ name: 'counters' })) as Counters,
    reset: () => tell({ name: 'reset' }),
    stop: async () => void (await worker.terminate()),
  }
}

/** Asks the proxy's thread, and waits for its word. */
class ProxyThread {
  readonly listening: Promise<number>
  readonly #worker: Worker
  readonly #asked = new Map<number, (result: unknown) => void>()
  #count = 0

  constructor(worker: Worker) {
    this.#worker = worker
    this.listening = new Promise((resolve, reject) => {
      worker.on('error', reject)
      worker.on('exit', () => [...this.#asked.keys()].forEach((id) => this.#settle(id, undefined)))
      worker.on('message', (message: ProxyMessage) => {
        if ('port' in message) resolve(message.port)
        else if ('failed' in message) reject(new Error(message.failed))
        else this.#settle(message.id, message.result)
      })
    })
  }

  ask(command: ProxyCommand): Promise<unknown> {
    const id = ++this.#count
    this.#worker.ref()
    return new Promise((resolve) => {
      this.#asked.set(id, resolve)
      this.#worker.postMessage({ id, command })
    })
  }

  #settle(id: number, result: unknown): void {
    this.#asked.get(id)?.(result)
    this.#asked.delete(id)
    if (this.#asked.size === 0) this.#worker.unref()
  }
}
