import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from '@jest/globals'
import { OpenFailed } from '../../src/connection/bridge/host/channels/channel.js'
import { HttpTransfer } from '../../src/connection/bridge/host/transfer/http-transfer.js'
import type { TransferRequest } from '../../src/connection/bridge/link.js'

const MEGABYTE = 1024 * 1024
/** What a kernel may hold between two ends, and more; far less than what is offered. */
const BOUND = 48 * MEGABYTE

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** The node of a server that treats what it is asked like this. */
async function nodeOf(handle: Handler, checkContinue?: Handler): Promise<string> {
  server = createServer(handle)
  if (checkContinue) server.on('checkContinue', checkContinue)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/rpc`
}

const asked = (kind: TransferRequest['kind'], choice?: Uint8Array): TransferRequest => ({
  transfer: 1,
  kind,
  namespace: 'a',
  database: 'b',
  token: 'token',
  choice,
})

async function opened(node: string, request: TransferRequest, timeout = 5000): Promise<HttpTransfer> {
  const transfer = await HttpTransfer.open(node, request, timeout)
  if ('reason' in transfer) throw new Error(transfer.message)
  return transfer
}

it('asks as SurrealDB is asked', async () => {
  const seen: object[] = []
  const node = await nodeOf(({ method, url, headers }, response) => {
    seen.push({ method, url, ns: headers['surreal-ns'], db: headers['surreal-db'], who: headers.authorization })
    response.end('text')
  })
  const transfer = await opened(node, asked('export'))
  expect(await transfer.read(1000)).toEqual({ ok: true, bytes: new Uint8Array(Buffer.from('text')) })
  expect(await transfer.read(1000)).toEqual({ ok: true, bytes: new Uint8Array(0) })
  await opened(node, asked('export', new Uint8Array([0xa0])))
  const common = { ns: 'a', db: 'b', who: 'Bearer token', url: '/export' }
  expect(seen).toEqual([
    { method: 'GET', ...common },
    { method: 'POST', ...common },
  ])
})

it('reads no more of an export than is asked for', async () => {
  let sent = 0
  const node = await nodeOf((_, response) => {
    const piece = Buffer.alloc(64 * 1024, 'x')
    const fill = (): void => {
      while (sent < 1024 * MEGABYTE) {
        sent += piece.length
        if (!response.write(piece)) return void response.once('drain', fill)
      }
    }
    fill()
  })
  const transfer = await opened(node, asked('export'))
  for (let round = 0; round < 5; round++) {
    const reply = await transfer.read(5000)
    expect(reply.ok && reply.bytes.length).toBeLessThanOrEqual(MEGABYTE)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(sent).toBeLessThan(BOUND)
  transfer.drop()
})

it('takes no more of an import than the server does', async () => {
  const node = await nodeOf((request) => request.pause())
  const transfer = await opened(node, asked('import'))
  let taken = 0
  for (; taken < 1024 * MEGABYTE; taken += MEGABYTE) {
    const reply = await transfer.write(new Uint8Array(MEGABYTE), 500)
    if (reply.ok) continue
    expect(reply.failure.reason).toBe('timeout')
    break
  }
  expect(taken).toBeLessThan(BOUND)
  transfer.drop()
})

it('is refused before anything was sent, with the words of the server', async () => {
  const body = JSON.stringify({ code: 403, details: 'Forbidden', information: 'IAM error: no' })
  const node = await nodeOf(
    (_, response) => response.end(),
    (_, response) => response.writeHead(403).end(body),
  )
  expect(await HttpTransfer.open(node, asked('import'), 5000)).toMatchObject({
    reason: 'refused',
    status: 403,
    words: 'IAM error: no',
  })
})

it('is refused by something that is no SurrealDB', async () => {
  const node = await nodeOf((_, response) => response.writeHead(502).end(`<html>${'x'.repeat(MEGABYTE)}`))
  const failure = await HttpTransfer.open(node, asked('export'), 5000)
  expect(failure).toMatchObject({ reason: 'refused', status: 502 })
  expect(failure).not.toHaveProperty('words')
})

it('imports into a server that does not say that it will read', async () => {
  let body = ''
  const handle: Handler = (request, response) => {
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => response.end('[]'))
  }
  const node = await nodeOf(handle, handle)
  const transfer = await opened(node, asked('import'))
  expect(await transfer.write(new Uint8Array(Buffer.from('RETURN ')), 5000)).toMatchObject({ ok: true })
  expect(await transfer.write(new Uint8Array(Buffer.from('1')), 5000)).toMatchObject({ ok: true })
  expect(await transfer.read(5000)).toEqual({ ok: true, bytes: new Uint8Array(Buffer.from('[]')) })
  expect(body).toBe('RETURN 1')
})

it('tells a body that breaks off from one that ends', async () => {
  const node = await nodeOf((_, response) => {
    response.write('half')
    setTimeout(() => response.destroy(), 50)
  })
  const transfer = await opened(node, asked('export'))
  expect(await transfer.read(5000)).toMatchObject({ ok: true })
  expect(await transfer.read(5000)).toMatchObject({ ok: false, failure: { reason: 'lost' } })
})

it('says why there is no server, or no answer', async () => {
  const node = await nodeOf(() => {})
  await expect(HttpTransfer.open(node, asked('export'), 100)).rejects.toMatchObject({ failure: { reason: 'timeout' } })
  server?.closeAllConnections()
  server?.close()
  const nobody = HttpTransfer.open(node, asked('import'), 5000)
  await expect(nobody).rejects.toBeInstanceOf(OpenFailed)
  await expect(nobody).rejects.toMatchObject({ failure: { reason: 'not-sent' } })
})
