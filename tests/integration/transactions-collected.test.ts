import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Collection, createConnection, Document, IntField, StringField, type Connection } from '../../src/index.js'
import { serverBehindProxy } from '../support/fault-proxy/server-behind-proxy.js'
import { MODES } from '../support/modes.js'
import { errorOf, transact } from '../support/transact.js'

@Collection('collected_note')
class Note extends Document<Note>() {
  @StringField({ required: true }) text!: string
  @IntField() length?: number
}

// as a server before version 3 does
const network = serverBehindProxy({ refuseMethods: ['begin'] })

describe.each(['async', 'sync'] as const)(
  'a transaction on a server without transactions of several requests (%s)',
  (modeName) => {
    const mode = MODES[modeName]
    let connection: Connection
    const statements: string[] = []
    const where = {
      mode,
      modeName,
      get connection() {
        return connection
      },
    }

    beforeAll(async () => {
      const name = `collected-${modeName}`
      const options = {
        url: network.proxy.wsUrl,
        namespace: 'test',
        database: name,
        name,
        makeDefault: true,
        retry: { initialDelay: 5 },
      }
      connection = createConnection(options)
      await mode(connection).connect()
      await mode(connection).query(`DEFINE TABLE collected_note SCHEMAFULL;
      DEFINE FIELD text ON collected_note TYPE string ASSERT $value != 'forbidden';
      DEFINE FIELD length ON collected_note TYPE int VALUE string::len(text)`)
      connection.on('query', ({ statement }) => statements.push(statement))
    })
    beforeEach(async () => {
      await network.proxy.reset()
      await mode(Note.objects.allowAll()).delete()
      statements.length = 0
    })
    afterAll(() => mode(connection).close())

    const texts = async (): Promise<string[]> =>
      (await mode(Note.objects.orderBy('text')).all()).map(({ text }) => text)

    test('sends what documents write as one text, when the body has returned', async () => {
      const old = await mode(Note).create({ id: 'old', text: 'old' })
      const gone = await mode(Note).create({ id: 'gone', text: 'gone' })
      statements.length = 0
      const made = await transact(where, function* () {
        const note = new Note({ text: 'new' })
        yield mode(note).save()
        expect(note).toMatchObject({ isNew: false, isDirty: false, length: undefined })
        note.text = 'newer'
        yield mode(note).save()
        old.text = 'changed'
        yield mode(old).save()
        yield mode(gone).delete()
        expect(statements).toEqual(['begin'])
        return note
      })
      expect(statements).toEqual([
        'begin',
        'BEGIN;\nCREATE ONLY $p0 CONTENT $p1;\nUPDATE ONLY $p2 SET `text` = $p3;\nUPDATE ONLY $p4 SET `text` = $p5;\nDELETE ONLY $p6 RETURN VALUE true;\nCOMMIT',
      ])
      expect([made.length, old.length, made.isDirty, old.isDirty]).toEqual([5, 7, false, false])
      expect(await texts()).toEqual(['changed', 'newer'])
      made.text = 'newest'
      await mode(made).save()
      expect(made.length).toBe(6)
    })

    test('sends nothing when the body throws, and gives the documents their state back', async () => {
      const note = new Note({ text: 'never' })
      const failed = transact(where, function* () {
        yield mode(note).save()
        throw new Error('changed my mind')
      })
      expect(await errorOf(failed)).toMatchObject({ message: 'changed my mind' })
      expect(note).toMatchObject({ isNew: true, id: undefined })
      expect(statements).toEqual(['begin'])
      expect(await texts()).toEqual([])
    })

    test('stores nothing when one statement fails', async () => {
      const [good, bad] = [new Note({ text: 'good' }), new Note({ text: 'forbidden' })]
      const failed = transact(where, function* () {
        yield mode(good).save()
        yield mode(bad).save()
      })
      expect(await errorOf(failed)).toMatchObject({ code: 'SCHEMA_VIOLATION', field: 'text' })
      expect([good.isNew, bad.isNew]).toEqual([true, true])
      expect(await texts()).toEqual([])
    })

    test('cannot be asked for anything', async () => {
      for (const ask of [
        () => mode(Note.objects).count(),
        () => mode(Note).get('x'),
        () => mode(Note.objects.filter({ length: 1 })).update({ length: 2 }),
        () => mode(connection).query('RETURN 1'),
      ]) {
        const failed = transact(where, function* () {
          yield mode(new Note({ text: 'with a question' })).save()
          yield ask()
        })
        expect(await errorOf(failed)).toMatchObject({ code: 'UNSUPPORTED_CALL', name: 'UnsupportedError' })
      }
      expect(await texts()).toEqual([])
    })

    test('says so when the answer to the commit is lost, and does not run again', async () => {
      let runs = 0
      const lost = transact(where, function* () {
        runs++
        yield mode(new Note({ text: 'once' })).save()
        yield network.proxy.dropReply()
      })
      expect(await errorOf(lost)).toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' })
      expect(runs).toBe(1)
      expect(await texts()).toEqual(['once'])
    })

    test('with nothing to write sends nothing', async () => {
      expect(
        await transact(where, function* () {
          return 42
        }),
      ).toBe(42)
      expect(statements).toEqual(['begin'])
    })
  },
)
