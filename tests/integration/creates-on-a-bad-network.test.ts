import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Collection, createConnection, Document, StringField, type Connection } from '../../src/index.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'
import { MODES, type ModeName } from '../support/modes.js'

@Collection('bad_network_note')
class Note extends Document<Note>() {
  @StringField({ required: true }) text!: string
}

const network = serverBehindProxy()

describe.each<[ModeName, string, () => string]>([
  ['async', 'ws', () => network.proxy.wsUrl],
  ['sync', 'ws', () => network.proxy.wsUrl],
  ['async', 'http', () => network.proxy.httpUrl],
  ['sync', 'http', () => network.proxy.httpUrl],
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
    await network.proxy.reset()
    await mode(Note.objects.allowAll()).delete()
  })
  afterAll(() => mode(connection).close())

  it('a create whose answer is lost is carried out once, and is known to be', async () => {
    await network.proxy.dropReply()
    const note = await mode(Note).create({ text: 'once' })
    expect((await network.proxy.counters()).repliesDropped).toBeGreaterThan(0)
    expect(note).toMatchObject({ text: 'once', isNew: false })
    expect(await mode(Note.objects).all()).toEqual([note])
  })

  it('a create that did not reach the server is sent again', async () => {
    await network.proxy.faultNext({ kind: 'cut-before' })
    const note = await mode(Note).create({ text: 'again' })
    expect(await mode(Note.objects).all()).toEqual([note])
  })

  it('with an id of the caller nobody can know whose the record is, so the error says so', async () => {
    await network.proxy.dropReply()
    await expect((async () => mode(Note).create({ id: 'mine', text: 'unknown' }))()).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    })
    expect(await mode(Note.objects).count()).toBe(1)
  })

  it('an update whose answer is lost is not sent again', async () => {
    const note = await mode(Note).create({ text: 'before' })
    await network.proxy.dropReply()
    note.text = 'after'
    await expect((async () => mode(note).save())()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(note.isDirty).toBe(true)
    await mode(note).refresh()
    expect(note.text).toBe('after')
  })
})
