/**
 * The program of the host thread: one per process, shared by all connections. It owns the native engines and the sockets
 * and moves bytes between them and the callers; it knows no models, no queries and no driver. It imports nothing of the
 * package but types, and is bundled into `host-source.ts` by `npm run build:host`.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { HostCommand, HostOptions } from '../host-protocol.js'
import { Caller } from './caller.js'
import { EngineClaim } from './stores/engine-claim.js'
import { StoreShelf } from './stores/store-shelf.js'

const options = workerData as HostOptions
const claim = new EngineClaim(options)
const shelf = new StoreShelf(claim, options.pathsOpenedBefore)
const callers: Caller[] = []

parentPort?.on('message', (command: HostCommand) => {
  switch (command.operation) {
    case 'attach':
      callers.push(new Caller(command.port, command.signal, shelf))
      break
    case 'shutdown':
      void shutDown(new Int32Array(command.done))
      break
    case 'test:exit':
      process.exit()
  }
})

process.on('exit', () => {
  for (const caller of callers) caller.hostEnded()
})

// An error nobody caught belongs to one channel at most; ending the thread would take all the others with it.
process.on('uncaughtException', report)
process.on('unhandledRejection', report)

/** The caller's thread waits for `done`, a few seconds at most, and then ends the process. */
async function shutDown(done: Int32Array): Promise<void> {
  await Promise.all(callers.map((caller) => caller.close(Infinity)))
  await shelf.clear()
  claim.end()
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
}

function report(error: unknown): void {
  process.stderr.write(
    `surrealengine: unexpected error in the host thread: ${String((error as Error)?.stack ?? error)}\n`,
  )
}
