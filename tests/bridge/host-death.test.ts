import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Worker } from 'node:worker_threads'
import { HOST_KEY } from '../../src/connection/bridge/host-protocol.js'
import type { SharedHost } from '../../src/connection/bridge/shared-host.js'
import { LINK_MODES, LinkUser, until } from '../support/bridge-link.js'
import { startServer, type TestServer } from '../support/server/server.js'
import { newDirectory } from './links.js'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

function host(): SharedHost {
  return (Worker as unknown as Record<symbol, SharedHost>)[Symbol.for(HOST_KEY)]!
}

const DEATHS = {
  'ends by itself': () => host().worker.postMessage({ operation: 'test:exit' }),
  'is terminated': () => void host().worker.terminate(),
}

for (const [death, kill] of Object.entries(DEATHS)) {
  for (const mode of LINK_MODES) {
    describe(`when the host thread ${death} (${mode})`, () => {
      it('tells everybody who waits at once, and the next link starts another host', async () => {
        const remote = await new LinkUser({ kind: 'websocket', urls: [server.wsUrl] }, mode).start()
        const memory = await new LinkUser({ kind: 'embedded', urls: ['mem://'] }, mode).start()
        const url = `surrealkv:${newDirectory()}/store`
        const stored = await new LinkUser({ kind: 'embedded', urls: [url] }, mode).start()
        const down: string[] = []
        for (const user of [remote, memory, stored]) user.link.onDown(({ reason }) => down.push(reason))
        const before = host()
        const inFlight = new LinkUser(remote.target, 'async', remote.link).send('query', ['SLEEP 20s', {}])

        kill()
        const hostDied = { ok: false, failure: { reason: 'host-died' } }
        // the deadline is far away: an answer is there because the death was seen
        const started = performance.now()
        expect(await remote.send('query', ['SLEEP 20s', {}])).toMatchObject(hostDied)
        expect(await inFlight).toMatchObject(hostDied)
        expect(performance.now() - started).toBeLessThan(5000)
        await until(() => down.length === 3)
        expect(down).toEqual(['host-died', 'host-died', 'host-died'])
        expect(await memory.send('ping')).toMatchObject(hostDied)
        expect(await memory.close()).toBeUndefined()

        await remote.start()
        expect(await remote.query('RETURN 1')).toEqual([1])
        expect(host()).not.toBe(before)
        const again = await new LinkUser({ kind: 'embedded', urls: ['mem://'] }, mode).start()
        expect(await again.query('RETURN 2')).toEqual([2])

        // the dead thread took the engine's handle with it, but the engine still has the path
        const failure = await stored.open()
        expect(failure).toMatchObject({ reason: 'store-locked' })
        expect(failure?.message).toMatch('this process opened it before')

        await Promise.all([remote.close(), again.close()])
      })
    })
  }
}
