/**
 * Connects, asks, follows, kills and closes, again and again, in both modes by turns, and prints what the process holds in between: once it is
 * warm, and in the end. Needs --expose-gc.
 */
import { once } from 'node:events'
import { Session } from 'node:inspector'
import { createConnection } from '../../../src/index.js'

/** What a process holds; memory in bytes. */
export interface Holdings {
  readonly heap: number
  /** Outside of the heap of this thread, but known to it. */
  readonly external: number
  /** The heap of the thread that holds the sockets and engines. */
  readonly hostHeap: number
  /** Of all threads, and of the native engine. */
  readonly resident: number
  /** Timers, sockets, ports and the like. */
  readonly resources: number
}

const [url = '', warmUp = '', cycles = ''] = process.argv.slice(2)

async function awaited(name: string): Promise<void> {
  const connection = await createConnection({ url, namespace: 'n', database: 'd', name }).connect()
  await connection.query('DEFINE TABLE IF NOT EXISTS thing; SELECT * FROM thing LIMIT 1')
  const live = await connection.live('thing')
  await live.kill()
  await connection.close()
}

function blocking(name: string): void {
  const connection = createConnection({ url, namespace: 'n', database: 'd', name }).connectSync()
  connection.querySync('DEFINE TABLE IF NOT EXISTS thing; SELECT * FROM thing LIMIT 1')
  const live = connection.liveSync('thing')
  live.killSync()
  connection.closeSync()
}

let count = 0

async function run(times: number): Promise<void> {
  for (let cycle = 0; cycle < times; cycle++) {
    const name = `cycle-${++count}`
    if (count % 2 === 0) blocking(name)
    else await awaited(name)
    // what a blocked thread was told waits for its event loop
    await new Promise(setImmediate)
  }
}

async function holdings(): Promise<Holdings> {
  // finalizers run after a collection, and free more
  for (let round = 0; round < 5; round++) {
    globalThis.gc!()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const hostHeap = await heapOfHost()
  globalThis.gc!()
  const { heapUsed: heap, external, rss: resident } = process.memoryUsage()
  return { heap, external, hostHeap, resident, resources: process.getActiveResourcesInfo().length }
}

/** The heap of the one other thread, after a collection, as a debugger would ask for it. */
async function heapOfHost(): Promise<number> {
  // nothing else keeps this process from ending
  const awake = setInterval(() => {}, 1000)
  const session = new Session()
  session.connect()
  const attached = once(session, 'NodeWorker.attachedToWorker') as Promise<[{ params: { sessionId: string } }]>
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  const [{ params }] = await attached
  const ask = async (id: number, method: string): Promise<{ readonly usedSize: number }> => {
    const replied = once(session, 'NodeWorker.receivedMessageFromWorker') as Promise<[{ params: { message: string } }]>
    const { sessionId } = params
    session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id, method }) })
    const [reply] = await replied
    return (JSON.parse(reply.params.message) as { readonly result: { readonly usedSize: number } }).result
  }
  await ask(1, 'HeapProfiler.collectGarbage')
  const { usedSize } = await ask(2, 'Runtime.getHeapUsage')
  session.disconnect()
  clearInterval(awake)
  return usedSize
}

await run(Number(warmUp))
const before = await holdings()
await run(Number(cycles))
console.log(JSON.stringify([before, await holdings()]))
