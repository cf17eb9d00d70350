import { isMainThread, threadId, Worker } from 'node:worker_threads'
import { hostSource } from './host-source.js'
import { HOST_KEY, type HostCommand, type HostOptions } from './host-protocol.js'

/** The host thread, and what outlives it. */
export interface SharedHost {
  readonly worker: Worker
  /** Becomes true when the thread has ended; then `sharedHost` starts another one. */
  ended: boolean
  /** Paths that were opened in this process, by any host. */
  readonly openedPaths: Set<string>
}

/** How long the end of the process may be held up until all native calls have ended. */
const SHUTDOWN_PATIENCE = 2000

/**
 * The one host thread of this process, started if need be. A native engine may live in one thread of a process only, so
 * everybody shares it: other copies of this package, and Jest's sandboxes, of which each has module instances of its own
 * but all have the same `Worker`.
 */
export function sharedHost(): SharedHost {
  const anchor = Worker as unknown as Record<symbol, SharedHost | undefined>
  const key = Symbol.for(HOST_KEY)
  const current = anchor[key]
  if (current && !current.ended) return current
  const host = startHost(current?.openedPaths ?? new Set())
  anchor[key] = host
  return host
}

function startHost(openedPaths: Set<string>): SharedHost {
  const options: HostOptions = {
    pathsOpenedBefore: [...openedPaths],
    owner: `${HOST_KEY} of thread ${threadId}`,
    isMainThread,
  }
  const worker = new Worker(hostSource, {
    eval: true,
    // a loader such as `--import tsx` would only delay the start
    execArgv: [],
    name: 'surrealengine',
    workerData: options,
  })
  const host: SharedHost = { worker, ended: false, openedPaths }
  worker.on('error', () => {})
  worker.on('exit', () => {
    host.ended = true
  })
  worker.unref()
  realProcess().once('exit', () => shutDown(host))
  return host
}

/** Jest's `process` is a copy whose 'exit' never comes; the outermost realm has the real one. */
function realProcess(): NodeJS.Process {
  const makeFunction = Worker.constructor as (body: string) => () => NodeJS.Process
  return makeFunction('return process')()
}

/** The process must not end with a native call under way: it would crash instead. */
function shutDown(host: SharedHost): void {
  if (host.ended || hasStopped(host)) return
  const done = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const command: HostCommand = { operation: 'shutdown', done }
  host.worker.postMessage(command)
  const end = performance.now() + SHUTDOWN_PATIENCE
  const flag = new Int32Array(done)
  while (Atomics.load(flag, 0) === 0 && performance.now() < end && !hasStopped(host)) Atomics.wait(flag, 0, 0, 100)
}

/**
 * Whether the thread has stopped, seen without the event loop: a thread that was terminated says nothing, and its 'exit'
 * event cannot come while the caller is blocked. The idle time of a thread that is gone is negative.
 */
export function hasStopped(host: SharedHost): boolean {
  return host.ended || host.worker.performance.eventLoopUtilization().idle < 0
}
