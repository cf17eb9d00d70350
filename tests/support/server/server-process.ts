/**
 * The program of a server of SurrealDB's RPC protocol over websocket and http, for tests: each socket is a session of one
 * embedded engine, each http request is a session of its own. Unlike a real server it lets an anonymous session do
 * everything unless it is told otherwise, and does not speak JSON over a websocket.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerCommand, ServerMessage, ServerSettings } from './embedded-server.js'
import { Engine } from './engine.js'
import { HttpRoutes } from './http-routes.js'
import { WebSocketRoute } from './web-socket-route.js'

/** As `surreal start --username root --password root` does. */
const ROOT_USER = 'DEFINE USER IF NOT EXISTS root ON ROOT PASSWORD "root" ROLES OWNER'

const tell = (message: ServerMessage) => process.send?.(message)

async function serve({
  port,
  store,
  requireAuth,
  version,
  refuseMethods,
  engine: packageName,
}: ServerSettings): Promise<void> {
  const engine = await Engine.open(store, packageName)
  await engine.call({ method: 'query', params: [ROOT_USER] })
  const rules = { requireAuth, version, refuseMethods }
  const http = new HttpRoutes(engine, rules)
  const webSocket = new WebSocketRoute(engine, rules)
  // its own failures are answers; this one is of a client that hung up in the middle
  const server = createServer((request, response) => void http.serve(request, response).catch(() => response.destroy()))
  webSocket.listen(server)
  process.on('message', (command: ServerCommand) => {
    if (command !== 'drop connections') return
    webSocket.dropConnections()
    tell({ dropped: true })
  })
  server.on('error', (error) => tell({ failed: error.message }))
  server.listen(port, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
}

// the process that started this one is gone
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

serve(JSON.parse(process.argv.at(-1) ?? '{}') as ServerSettings).catch((error: unknown) =>
  tell({ failed: String(error) }),
)
