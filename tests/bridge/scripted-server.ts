import { Worker } from 'node:worker_threads'

/** A server that misbehaves when it is told to. */
export interface ScriptedServer {
  readonly wsUrl: string
  readonly httpUrl: string
  stop(): Promise<void>
}

/** In a thread of its own, so that it answers while the test's thread is blocked. */
const program = `
const { createServer } = require('node:http')
const { parentPort } = require('node:worker_threads')
const { WebSocketServer } = require('ws')

const server = createServer((request) => request.socket.destroy())
const sockets = new WebSocketServer({ server, handleProtocols: () => 'cbor' })
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const [, id] = /(test-\\d+)/.exec(data.toString('latin1'))
    if (data.includes('break')) return socket.terminate()
    // { result: number } each, then { id, result: 0 }
    for (let number = 0; number < 100; number++) {
      socket.send(Buffer.concat([Buffer.from([0xa1, 0x66]), Buffer.from('result'), Buffer.from([0x18, number])]))
    }
    const head = Buffer.from([0xa2, 0x62, 0x69, 0x64, 0x60 + id.length])
    socket.send(Buffer.concat([head, Buffer.from(id), Buffer.from([0x66]), Buffer.from('result'), Buffer.from([0])]))
  })
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

/** Answers `burst` with 100 numbered notifications before the reply, and `break` by breaking the connection. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const worker = new Worker(program, { eval: true, execArgv: [] })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  return {
    wsUrl: `ws://127.0.0.1:${port}/rpc`,
    httpUrl: `http://127.0.0.1:${port}/rpc`,
    async stop() {
      await worker.terminate()
    },
  }
}
