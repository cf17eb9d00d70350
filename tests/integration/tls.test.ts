import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { startServer, type TestServer } from '../support/server/server.js'
import { CERTIFICATE, startTlsProxy } from '../support/tls-proxy.js'

let server: TestServer
let proxy: Awaited<ReturnType<typeof startTlsProxy>>

beforeAll(async () => {
  server = await startServer()
  proxy = await startTlsProxy(server.httpUrl)
})
afterAll(async () => {
  await proxy.stop()
  await server.stop()
})

/** What a program of its own prints: Node reads the certificates it trusts when it starts. */
async function outcome(url: string, mode: string, trusted: boolean): Promise<string> {
  const program = path.join(__dirname, 'programs/open-connection.ts')
  const env = { ...process.env, ...(trusted && { NODE_EXTRA_CA_CERTS: CERTIFICATE }) }
  const child = spawn(process.execPath, ['--import', 'tsx', program, url, mode], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (data) => (output += String(data)))
  await once(child, 'close')
  return output.trim()
}

test.each([
  ['wss', 'async'],
  ['wss', 'sync'],
  ['https', 'async'],
  ['https', 'sync'],
])('%s (%s) talks to a server it trusts, and to no other', async (scheme, mode) => {
  const url = `${scheme}://127.0.0.1:${proxy.port}`
  expect(await outcome(url, mode, true)).toBe('open')
  expect(await outcome(url, mode, false)).toBe('CONNECTION_FAILED')
})
