/** The program of the proxy's thread: it goes on working while the thread of the test is blocked. */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { ProxyCommand, ProxyMessage, ProxySettings } from './fault-proxy.js'
import { ProxyConnection } from './proxy-connection.js'
import { ProxyState } from './proxy-state.js'

const { target, port } = workerData as ProxySettings
const state = new ProxyState(target)
const swallowed = new Set<Socket>()

const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  // a client may hang up at any time
  client.on('error', () => {})
  if (state.isRefusing) return void client.resetAndDestroy()
  if (!state.isBlackHole) return state.opened(new ProxyConnection(client, state))
  swallowed.add(client)
  client.on('close', () => swallowed.delete(client))
  client.resume()
})

function obey(command: ProxyCommand): unknown {
  switch (command.name) {
    case 'cut':
      for (const client of swallowed) client.destroy()
      return state.cutAll()
    case 'cut-after':
      return state.cutAfter(command.limit)
    case 'freeze':
      return state.freeze()
    case 'thaw':
      return state.thaw()
    case 'delay':
      return state.slowDown(command.milliseconds, command.jitter)
    case 'truncate':
      return state.truncateNext({
        kind: 'truncate-reply',
        ...(command.bytes !== undefined && { bytes: command.bytes }),
      })
    case 'next':
      return state.planNext(command.fault)
    case 'play':
      return state.plan(command.schedule)
    case 'refuse':
      return void (state.isRefusing = command.on)
    case 'black-hole':
      return void (state.isBlackHole = command.on)
    case 'retarget':
      return void (state.target = command.port)
    case 'counters':
      return state.report()
    case 'reset':
      return state.reset()
    default:
      return command satisfies never
  }
}

const tell = (message: ProxyMessage) => parentPort?.postMessage(message)

parentPort?.on('message', ({ id, command }: { id: number; command: ProxyCommand }) =>
  tell({ id, result: obey(command) }),
)
server.on('error', (error) => tell({ failed: error.message }))
server.listen(port, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
