import { afterAll, beforeAll } from '@jest/globals'
import { startServer, type ServerOptions, type TestServer } from '../server/server.js'
import { startFaultProxy, type FaultProxy } from './fault-proxy.js'

/** A server, and the network before it. */
export interface Network {
  readonly server: TestServer
  readonly proxy: FaultProxy
}

/** Has a server with a proxy before it for as long as the tests of the file, or of the `describe` around, run. */
export function serverBehindProxy(options: ServerOptions = {}): Network {
  let network: Network | undefined
  const opened = (): Network => {
    if (!network) throw new Error('the network is there once the tests run')
    return network
  }

  beforeAll(async () => {
    const server = await startServer(options)
    network = { server, proxy: await startFaultProxy(server.port) }
  })
  afterAll(async () => {
    await network?.proxy.stop()
    await network?.server.stop()
  })

  return {
    get server() {
      return opened().server
    },
    get proxy() {
      return opened().proxy
    },
  }
}
