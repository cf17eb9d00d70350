import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer, type Server } from 'node:net'
import { LINK_MODES, LinkUser, until } from '../support/bridge-link.js'
import { startServer, type TestServer } from '../support/server/server.js'
import { startOddServer } from '../support/odd-servers.js'
import { startScriptedServer, type ScriptedServer } from './scripted-server.js'

let server: TestServer
let scripted: ScriptedServer
let closedPort: number
const silent: Server = createTcpServer()

beforeAll(async () => {
  server = await startServer()
  scripted = await startScriptedServer()
  closedPort = await freePort()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  silent.close()
  await Promise.all([server.stop(), scripted.stop()])
})

const users: LinkUser[] = []
afterEach(async () => {
  await Promise.all(users.splice(0).map((user) => user.close()))
})

function newUser(...values: ConstructorParameters<typeof LinkUser>): LinkUser {
  const user = new LinkUser(...values)
  users.push(user)
  return user
}

for (const mode of LINK_MODES) {
  describe(`websocket (${mode})`, () => {
    const openFailure = (url: string, timeout?: number) =>
      newUser({ kind: 'websocket', urls: [url] }, mode).open(timeout)

    it('says why it could not be opened', async () => {
      expect(await openFailure(`ws://127.0.0.1:${closedPort}/rpc`)).toEqual({
        reason: 'open-failed',
        isTransient: true,
        message: `ws://127.0.0.1:${closedPort}/rpc: connect ECONNREFUSED 127.0.0.1:${closedPort}`,
      })
      const wrongPath = await openFailure(server.wsUrl.replace('/rpc', '/elsewhere'))
      expect(wrongPath).toMatchObject({ reason: 'open-failed' })
      expect(wrongPath?.message).toMatch(/answered with status 40\d instead of opening a websocket/)
      const { port } = silent.address() as AddressInfo
      expect((await openFailure(`ws://127.0.0.1:${port}/rpc`, 200))?.reason).toMatch(/open-failed|timeout/)
    })

    it('ends the calls under way when the socket breaks, sends nothing more, and can be opened again', async () => {
      const user = await newUser({ kind: 'websocket', urls: [server.wsUrl] }, mode).start()
      const down: string[] = []
      user.link.onDown(({ reason }) => down.push(reason))
      const slow = new LinkUser(user.target, 'async', user.link).send('query', ['SLEEP 10s', {}])
      await user.query('RETURN 1')
      await server.dropConnections()
      expect(await slow).toMatchObject({ ok: false, failure: { reason: 'lost' } })
      await until(() => down.length > 0)
      expect(down).toEqual(['lost'])
      expect(await user.send('ping')).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
      await user.start()
      expect(await user.query('RETURN 1')).toEqual([1])
    })

    it('learns of the end of the socket while it waits', async () => {
      const user = newUser({ kind: 'websocket', urls: [scripted.wsUrl] }, mode)
      await user.open()
      expect(await user.send('break')).toMatchObject({ ok: false, failure: { reason: 'lost' } })
    })

    it('keeps the order of what arrives while it waits', async () => {
      const user = newUser({ kind: 'websocket', urls: [scripted.wsUrl] }, mode)
      await user.open()
      const heard: number[] = []
      const stop = user.link.onNotification((bytes) => heard.push(bytes.at(-1)!))
      await user.send('burst')
      await user.send('burst')
      await until(() => heard.length === 200)
      stop()
      const numbers = Array.from({ length: 100 }, (_, number) => number)
      expect(heard).toEqual([...numbers, ...numbers])
    })
  })

  describe(`http (${mode})`, () => {
    const replyOf = (url: string) => newUser({ kind: 'http', urls: [url] }, mode)

    it('tells a request that was not sent from one that may have been', async () => {
      const refused = replyOf(`http://127.0.0.1:${closedPort}/rpc`)
      await refused.open()
      expect(await refused.send('ping')).toMatchObject({ ok: false, failure: { reason: 'not-sent' } })
      const broken = replyOf(scripted.httpUrl)
      await broken.open()
      expect(await broken.send('break')).toMatchObject({ ok: false, failure: { reason: 'lost' } })
    })

    it('gives the status and the words of a refusal', async () => {
      const user = replyOf(server.httpUrl.replace('/rpc', '/elsewhere'))
      await user.open()
      expect(await user.send('ping')).toMatchObject({
        ok: false,
        failure: { reason: 'refused', status: 404, message: 'status 404 Not Found: Not found' },
      })
    })

    it('does not take a proxy without an answer for a refusal: the server may have got the request', async () => {
      const gateway = await startOddServer('gateway')
      const user = replyOf(`http://127.0.0.1:${gateway.port}/rpc`)
      await user.open()
      expect(await user.send('ping')).toMatchObject({ ok: false, failure: { reason: 'lost', status: 502 } })
      await gateway.stop()
    })

    it('gives up at the deadline', async () => {
      const user = replyOf(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/rpc`)
      await user.open()
      expect(await user.send('ping', [], { timeout: 50 })).toMatchObject({ ok: false, failure: { reason: 'timeout' } })
    })
  })
}

async function freePort(): Promise<number> {
  const probe = createTcpServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
