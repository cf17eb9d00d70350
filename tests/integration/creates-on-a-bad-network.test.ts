import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Collection, createConnection, Document, StringField, type Connection } from '../../src/index.js'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy/fault-proxy.js'
import { MODES, type ModeName } from '../support/modes.js'
import { startServer, type TestServer } from '../support/server/server.js'

@Collection('bad_network_note')
class Note extends Document<Note>() {
  @StringField({ required: true }) text!: string
}

let server: TestServer
let proxy: FaultProxy

beforeAll(async () => {
  server = await startServer()
  proxy = await startFaultProxy(server.port)
})
afterAll(async () => {
  await proxy.stop()
  await server.stop()
})

describe.each<[ModeName, string, () => string]>([
  ['async', 'ws', () => proxy.wsUrl],
  ['sync', 'ws', () => proxy.wsUrl],
  ['async', 'http', () => proxy.httpUrl],
  ['sync', 'http', () => proxy.httpUrl],
])('creating documents on a bad network (%s, %s)', (modeName, scheme, url) => {
  const mode = MODES[modeName]
  let connection: Connection

  beforeAll(async () => {
    const database = `bad_network_${modeName}_${scheme}`
    const retry = { initialDelay: 5, limit: 5 }
    connection = createConnection({ url: url(), namespace: 'test', database, name: database, makeDefault: true, retry })
    await mode(connection).connect()
  })
  afterEach(async () => {
    await proxy.reset()
    await mode(Note.objects.allowAll()).delete()
  })
  afterAll(() => mode(connection).close())

  it('a create whose answer is lost is carried out once, and is known to be', async () => {
    await proxy.dropReply()
    const note = await mode(Note).create({ text: 'once' })
    expect((await proxy.counters()).repliesDropped).toBeGreaterThan(0)
    expect(note).toMatchObject({ text: 'once', isNew: false })
    expect(await mode(Note.objects).all()).toEqual([note])
  })

  it('a create that did not reach the server is sent again', async () => {
    await proxy.faultNext({ kind: 'cut-before' })
    const note = await mode(Note).create({ text: 'again' })
    expect(await mode(Note.objects).all()).toEqual([note])
  })

  it('with an id of the caller nobody can know whose the record is, so the error says so', async () => {
    await proxy.dropReply()
    await expect((async () => mode(Note).create({ id: 'mine', text: 'unknown' }))()).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    expect(await mode(Note.objects).count()).toBe(1)
  })

  it('an update whose answer is lost is not sent again', async () => {
    const note = await mode(Note).create({ text: 'before' })
    await proxy.dropReply()
    note.text = 'after'
    await expect((async () => mode(note).save())()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(note.isDirty).toBe(true)
    await mode(note).refresh()
    expect(note.text).toBe('after')
  })
})
