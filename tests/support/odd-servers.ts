import { Worker } from 'node:worker_threads'

/** What listens on a port without being a SurrealDB. */
export type OddServer = 'web page' | 'error page' | 'gateway' | 'garbage' | 'hangs up' | 'echo'

/** In a thread of its own, so that it answers while the test's thread is blocked. */
const program = `
const { createServer: createHttp } = require('node:http')
const { createServer: createTcp } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
const { WebSocketServer } = require('ws')

function make(kind) {
  switch (kind) {
    case 'web page':
      return createHttp((request, response) => response.end('<html>hello</html>'))
    case 'error page':
      return createHttp((request, response) => response.writeHead(500).end('no'))
    case 'gateway':
      return createHttp((request, response) => response.writeHead(502).end('Bad Gateway'))
    case 'garbage':
      return createTcp((socket) => {
        socket.on('error', () => {})
        socket.end(Buffer.from([0, 255, 13, 10, 0, 7, 7, 7, 13, 10, 13, 10]))
      })
    case 'hangs up':
      return createTcp((socket) => socket.destroy())
    case 'echo': {
      const server = createHttp((request, response) => request.pipe(response))
      const sockets = new WebSocketServer({ server, handleProtocols: () => 'cbor' })
      sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
      return server
    }
  }
}

const server = make(workerData)
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

/** Starts one on 127.0.0.1. */
export async function startOddServer(
  kind: OddServer,
): Promise<{ readonly port: number; readonly stop: () => Promise<unknown> }> {
  const worker = new Worker(program, { eval: true, execArgv: [], workerData: kind })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  return { port, stop: () => worker.terminate() }
}
