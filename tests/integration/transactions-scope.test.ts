import { expect, test } from '@jest/globals'
import {
  AsyncInSyncError,
  Collection,
  createConnection,
  Document,
  IntField,
  StringField,
  UniqueViolationError,
  withConnection,
  withConnectionSync,
} from '../../src/index.js'
import { everywhere, POOL_SIZE, SCHEMES } from '../support/everywhere.js'
import { errorOf, outside, transact, transactInside } from '../support/transact.js'

@Collection('transactions_note', { indexes: [{ fields: ['key'], unique: true }, { fields: ['group'] }] })
class Note extends Document<Note>() {
  @StringField({ required: true }) text!: string
  @StringField() key?: string
  @IntField() group?: number
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

everywhere(
  'what belongs to a transaction',
  (place) => {
    const { mode, modeName } = place
    const clear = async (): Promise<void> => {
      await mode(Note).defineTable()
      await mode(Note.objects.allowAll()).delete()
    }
    const texts = async (): Promise<string[]> =>
      (await mode(Note.objects.orderBy('text')).all()).map((note) => note.text)

    test('one inside of another is a part of it', async () => {
      await clear()
      await transact(place, function* (outer) {
        yield mode(Note).create({ text: 'outer' })
        const given = yield transactInside(place, function* (inner) {
          expect(inner).toBe(outer)
          yield mode(Note).create({ text: 'inner' })
          return 'inner'
        })
        expect(given).toBe('inner')
        expect(yield outside(() => mode(Note.objects).count())).toBe(0)
      })
      expect(await texts()).toEqual(['inner', 'outer'])
    })

    test.each([
      ['an error of its own', new Error('inner failed'), 'TRANSACTION_FAILED'],
      ['an error of the database', undefined, 'RECORD_EXISTS'],
    ])('an inner one that fails takes the outer one along, even where that goes on: %s', async (_, thrown, code) => {
      await clear()
      const error = await errorOf(
        transact(place, function* () {
          yield mode(Note).create({ id: 'taken', text: 'outer' })
          try {
            yield transactInside(place, function* () {
              yield mode(Note).create({ text: 'inner' })
              if (thrown) throw thrown
              yield mode(Note).create({ id: 'taken', text: 'again' })
            })
          } catch {
            // the outer body goes on
          }
        }),
      )
      expect(error).toMatchObject({ code, ...(thrown && { cause: thrown }) })
      expect(await texts()).toEqual([])
    })

    test('a queryset that is given back is asked for inside of it', async () => {
      await clear()
      const work = async (): Promise<unknown> =>
        await mode(place.connection).transaction(() => {
          Note.createSync({ text: 'inside' })
          return Note.objects.orderBy('text')
        })
      if (modeName === 'async') expect(await work()).toMatchObject([{ text: 'inside' }])
      else expect(await errorOf(work())).toBeInstanceOf(AsyncInSyncError)
      expect(await texts()).toEqual(modeName === 'sync' ? [] : ['inside'])
    })

    test('records that were written inside are found by id and by index, with their ids', async () => {
      await clear()
      const old = await mode(Note).create({ text: 'old', key: 'o', group: 1 })
      await mode(Note).create({ text: 'other', key: 'p', group: 1 })
      await transact(place, function* (tx) {
        const fresh = (yield mode(Note).create({ text: 'fresh', key: 'f', group: 1 })) as Note
        yield mode(old).update({ text: 'renamed' })
        const byIndex = (yield mode(Note.objects.filter({ key: 'f' })).get()) as Note
        expect(byIndex.equals(fresh)).toBe(true)
        const sorted = (yield mode(Note.objects.filter({ group: 1 }).orderBy('key')).all()) as Note[]
        expect(sorted.map(({ id, text }) => [String(id), text])).toEqual([
          [String(fresh.id), 'fresh'],
          [String(old.id), 'renamed'],
          [expect.any(String), 'other'],
        ])
        const byId = Note.objects.filter({ id: old.id } as never)
        expect(((yield mode(byId).get()) as Note).text).toBe('renamed')
        expect(yield mode(byId).count()).toBe(1)
        expect(yield mode(Note.objects.filter({ group: 1 }).orderBy('key').limit(1)).update({ text: 'first' })).toBe(1)
        expect(yield mode(tx).select(old.id)).toMatchObject({ id: old.id, text: 'renamed' })
        expect(yield mode(tx).delete(old.id)).toMatchObject({ id: old.id })
      })
      expect(await texts()).toEqual(['first', 'other'])
    })

    test('another connection inside of it is not drawn in', async () => {
      await clear()
      const name = `transactions-other-${place.scheme}-${modeName}`
      const other = createConnection({ url: 'mem://', namespace: 'n', database: 'd', name })
      await mode(other).connect()
      const within = (modeName === 'sync' ? withConnectionSync : withConnection) as typeof withConnection
      await mode(Note).defineTable({ connection: other })
      const error = await errorOf(
        transact(place, function* () {
          yield mode(Note).create({ text: 'cancelled' })
          yield within(other, () => mode(Note).create({ text: 'scope' }))
          yield within(other, () => mode(new Note({ text: 'named' })).save({ connection: place.connection }))
          yield mode(Note.objects.using(name)).bulkCreate([{ text: 'using' }])
          expect(yield mode(Note.objects).count()).toBe(2)
          throw new Error('cancel')
        }),
      )
      expect(error).toMatchObject({ message: 'cancel' })
      expect(await texts()).toEqual([])
      const kept = await mode(Note.objects.using(other).orderBy('text')).all()
      expect(kept.map(({ text }) => text)).toEqual(['scope', 'using'])
      await mode(other).close()
    })

    if (modeName === 'sync') {
      test('a body that is asynchronous is an error, and nothing of it is stored', async () => {
        await clear()
        const error = await errorOf(
          (async () =>
            place.connection.transactionSync(async () => {
              Note.createSync({ text: 'first' })
              await pause(1)
              Note.createSync({ text: 'second' })
            }))(),
        )
        expect(error).toBeInstanceOf(AsyncInSyncError)
        await pause(50)
        expect(await texts()).toEqual([])
      })

      test('an asynchronous call that is left behind is an error, and nothing is stored', async () => {
        await clear()
        let saving: Promise<unknown> | undefined
        const error = await errorOf(
          (async () =>
            place.connection.transactionSync(() => {
              Note.createSync({ text: 'first' })
              saving = errorOf(Note.objects.bulkCreate([{ text: 'left behind' }]))
            }))(),
        )
        expect(error).toBeInstanceOf(AsyncInSyncError)
        expect(await saving).toMatchObject({ code: 'TRANSACTION_CLOSED' })
        expect(await texts()).toEqual([])
      })
      return
    }

    test('what is not awaited belongs to it as well', async () => {
      await clear()
      await place.connection.transaction(async () => {
        void Note.create({ text: 'one' }).then(() => Note.create({ text: 'two' }))
        void Note.objects.bulkCreate([{ text: 'three' }, { text: 'four' }], { batchSize: 1 })
      })
      expect(await texts()).toEqual(['four', 'one', 'three', 'two'])
    })

    test('the failure of what is not awaited cancels it', async () => {
      await clear()
      const failures: Promise<unknown>[] = []
      const error = await errorOf(
        place.connection.transaction(async () => {
          await Note.create({ id: 'taken', text: 'first' })
          failures.push(errorOf(Note.create({ id: 'taken', text: 'again' })))
        }),
      )
      expect(error).toBeInstanceOf(UniqueViolationError)
      expect(await failures[0]).toBe(error)
      expect(await texts()).toEqual([])
    })

    test('much at the same time inside of it is stored, or nothing of it', async () => {
      await clear()
      await place.connection.transaction(() =>
        Promise.all(Array.from({ length: 20 }, (_, index) => Note.create({ text: `t${10 + index}` }))),
      )
      expect(await texts()).toHaveLength(20)
      await clear()
      const notes = Array.from({ length: 20 }, (_, index) => new Note({ id: String(index % 19), text: `t${index}` }))
      const error = await errorOf(place.connection.transaction(() => Promise.all(notes.map((note) => note.save()))))
      expect(error).toBeInstanceOf(UniqueViolationError)
      expect(notes.filter(({ isNew }) => !isNew)).toEqual([])
      expect(await texts()).toEqual([])
    })

    test('of hundreds of tasks at the same time, none draws in the writes of another', async () => {
      await clear()
      const count = 150
      const tasks = Array.from({ length: count }, async (_, index) => {
        await pause(index % 7)
        const text = `${index % 3 === 0 ? 'plain' : 'within'} ${index}`
        const write = async (): Promise<Note> => {
          await Note.create({ text })
          await pause(index % 5)
          return await Note.create({ text: `${text} again` })
        }
        if (index % 3 === 0) await write()
        else if (index % 3 === 1) await place.connection.transaction(write)
        else {
          const cancelled = place.connection.transaction(async () => {
            await write()
            throw new Error('cancel')
          })
          expect(await errorOf(cancelled)).toMatchObject({ message: 'cancel' })
        }
      })
      await Promise.all(tasks)
      const expected = Array.from({ length: count }, (_, index) => index)
        .filter((index) => index % 3 !== 2)
        .flatMap((index) => {
          const text = `${index % 3 === 0 ? 'plain' : 'within'} ${index}`
          return [text, `${text} again`]
        })
      expect((await texts()).sort()).toEqual(expected.sort())
    })

    test('a task that was begun inside cannot write after its end', async () => {
      await clear()
      let later: Promise<unknown> | undefined
      await place.connection.transaction(async () => {
        await Note.create({ text: 'inside' })
        later = errorOf(pause(100).then(() => Note.create({ text: 'later' })))
      })
      expect(await later).toMatchObject({ code: 'TRANSACTION_CLOSED' })
      expect(await texts()).toEqual(['inside'])
    })

    if (place.scheme !== 'ws+pool') return
    test('it keeps one channel of the pool, and gives it back however it ends', async () => {
      const borrowed = async () => (await outside(() => place.connection.health())).pool?.borrowed
      await clear()
      await place.connection.transaction(async () => {
        await Note.create({ text: 'one' })
        expect(await borrowed()).toBe(1)
        await Note.create({ text: 'two' })
        expect(await borrowed()).toBe(1)
      })
      for (let round = 0; round < 3 * POOL_SIZE; round++) {
        await errorOf(place.connection.transaction(() => Promise.reject(new Error('cancel'))))
        await errorOf(place.connection.transaction((tx) => tx.query('THROW "x"')))
        await errorOf(place.connection.transaction((tx) => void errorOf(tx.query('THROW "x"'))))
      }
      expect(await borrowed()).toBe(0)
    })
  },
  [...SCHEMES, 'ws+pool'],
)
