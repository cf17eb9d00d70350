import { describe, expect, test } from '@jest/globals'
import path from 'node:path'
import { createConnection, type Connection } from '../../src/index.js'
import { run } from '../support/bridge-child.js'
import { everywhere } from '../support/everywhere.js'
import { errorOf } from '../support/transact.js'

describe('the end of a connection', () => {
  everywhere(
    'ends live queries',
    (place) => {
      test('that are waited for, without an error', async () => {
        const { modeName } = place
        const name = `live-closing-${place.scheme}-${modeName}`
        const options = { url: 'mem://', namespace: 'n', database: 'd', name }
        const connection: Connection = await createConnection(options).connect()
        await connection.query('DEFINE TABLE closing')
        const live = await connection.live('closing')
        const blocking = connection.liveSync('closing')
        const reading = (async () => {
          for await (const message of live) throw new Error(`unexpected: ${message.action}`)
        })()
        if (modeName === 'async') await connection.close()
        else connection.closeSync()
        await reading
        expect([...blocking]).toEqual([])
        await live.kill()
        expect(await errorOf(connection.live('closing').then(() => {}))).toMatchObject({ code: 'CONNECTION_CLOSED' })
      })
    },
    ['mem'],
  )
})

test.each(['async', 'sync'])(
  'a program can end while a live query that nobody waits for is open: %s',
  async (modeName) => {
    const program = path.join(__dirname, 'programs/live-query.ts')
    const { ended } = run(['--import', 'tsx', program, modeName], path.join(__dirname, '../..'))
    expect(await ended).toEqual({ code: 0, signal: null, output: 'CREATE\n' })
  },
)
