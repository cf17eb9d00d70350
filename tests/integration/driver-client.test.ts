import { describe, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createConnection } from '../../src/index.js'
import { startServer } from '../support/server/server.js'
import { MODES } from '../support/modes.js'

describe.each(['async', 'sync'] as const)('the official client (%s)', (modeName) => {
  test('ends with the connection, and does not keep the process alive', async () => {
    const file = path.join(__dirname, 'programs', 'driver-sign-in.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', file, modeName], { stdio: ['ignore', 'pipe', 'inherit'] })
    // its renewal would be due in an hour
    const patience = setTimeout(() => child.kill('SIGKILL'), 50_000)
    let output = ''
    child.stdout.on('data', (data) => (output += String(data)))
    const [code] = (await once(child, 'exit')) as [number | null]
    clearTimeout(patience)
    expect([code, output.trim()]).toEqual([0, 'closed'])
  })

  test('is signed in as the connection is, and does not sign it out', async () => {
    const mode = MODES[modeName]
    const server = await startServer({ requireAuth: true })
    const options = { url: `ws://127.0.0.1:${server.port}`, namespace: 'n', database: 'd' }
    const root = createConnection({ ...options, name: `client-root-${modeName}`, username: 'root', password: 'root' })
    await root.connect()
    await root.query('DEFINE USER brief ON ROOT PASSWORD "secret" ROLES OWNER DURATION FOR TOKEN 2s')
    const connection = createConnection({
      ...options,
      name: `client-${modeName}`,
      username: 'brief',
      password: 'secret',
    })
    await mode(connection).connect()
    const driver = await connection.driver()
    // longer than the token that it was given
    for (let step = 0; step < 6; step++) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(await driver.query('RETURN $session.tk.ID')).toEqual(['brief'])
      expect(await mode(connection).query('RETURN $session.tk.ID')).toEqual(['brief'])
    }
    await mode(connection).close()
    await expect(driver.query('RETURN 1')).rejects.toThrow()
    await root.close()
    await server.stop()
  })
})
