import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  IntField,
  LiveQueryError,
  LookupError,
  ReferenceField,
  SoftDelete,
  StringField,
  type BlockingLiveQuery,
  type DocumentMessage,
  type LiveDocumentOptions,
  type LiveQuery,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Collection('live_documents_person')
class Person extends SoftDelete(Document<Person>()) {
  @StringField({ required: true, dbField: 'full_name' }) name!: string
  @IntField() age?: number
  @ReferenceField(() => Person) boss?: Ref<Person>
}

const WITHIN = 5_000
type Message = DocumentMessage<Person>
type Live = LiveQuery<Person, Message> | BlockingLiveQuery<Person, Message>

everywhere(
  'a live query of documents',
  (place) => {
    const { mode, modeName } = place
    const people = Person.objects
    const start = async (queryset = people as ReturnType<typeof people.filter>, options: LiveDocumentOptions = {}) =>
      modeName === 'async' ? await queryset.live(options) : queryset.liveSync({ timeout: WITHIN, ...options })
    const next = async (live: Live): Promise<Message | undefined> => {
      const step = await live.next()
      return step.done ? undefined : step.value
    }

    test('tells of the records of its filters, with documents that can be changed and saved', async () => {
      await mode(Person).defineTable()
      // a deletion tells of the record as it was
      const live = await start(people.filter({ age__gte: 18, name__in: ['Ann', 'Bob'] }))
      await mode(Person).create({ id: 'young', name: 'Ann', age: 3 })
      const ann = await mode(Person).create({ id: 'ann', name: 'Ann', age: 20 })
      const created = await next(live)
      expect(created).toMatchObject({ action: 'CREATE', id: ann.id })
      const document = created!.document!
      expect(document).toBeInstanceOf(Person)
      expect([document.name, document.age, document.isDirty]).toEqual(['Ann', 20, false])
      document.age = 21
      await mode(document).save()
      expect(await next(live)).toMatchObject({ action: 'UPDATE', document: { name: 'Ann', age: 21 } })
      // it does not fit any more, and then it does again
      await mode(people.filter({ id: 'ann' })).update({ age: 5 })
      await mode(people.filter({ id: 'ann' })).update({ age: 50 })
      expect(await next(live)).toMatchObject({ action: 'UPDATE', document: { age: 50 } })
      await mode(people.filter({ id: 'ann' })).hardDelete()
      const deleted = await next(live)
      expect(deleted).toMatchObject({ action: 'DELETE', id: ann.id, document: { name: 'Ann', age: 50 } })
      expect(deleted!.document).toBeInstanceOf(Person)
      await mode(live).kill()
      expect(await next(live)).toBeUndefined()
    })

    test('tells of the actions that are asked for, and waits for them', async () => {
      const live = await start(people.filter({ name: 'Cid' }), { action: ['DELETE'] })
      const both = await start(people.filter({ name: 'Cid' }), { action: 'UPDATE' })
      const cid = await mode(Person).create({ name: 'Cid', age: 1 })
      for (const age of [2, 3]) {
        await mode(people.filter({ name: 'Cid' })).update({ age })
        expect(await next(both)).toMatchObject({ action: 'UPDATE', id: cid.id, document: { age } })
      }
      await mode(people.filter({ name: 'Cid' })).hardDelete()
      expect(await next(live)).toMatchObject({ action: 'DELETE', id: cid.id })
      await mode(live).kill()
      await mode(both).kill()
    })

    test('ends with an error, or tells of a gap, when more waits than it may hold', async () => {
      const dans = people.filter({ name: 'Dan' })
      const live = await start(dans, { capacity: 1 })
      const resync = await start(dans, { capacity: 1, overflow: 'dropOldest', action: 'DELETE' })
      const whole = await start(dans)
      for (let count = 0; count < 5; count++) await mode(Person).create({ name: 'Dan' })
      // everything has come
      for (let count = 0; count < 5; count++) await next(whole)
      expect(await next(resync)).toEqual({ action: 'RESYNC' })
      const ended = async (): Promise<void> => {
        for (let count = 0; count < 5; count++) await next(live)
      }
      await expect(ended()).rejects.toThrow(LiveQueryError)
      for (const each of [resync, whole]) await mode(each).kill()
    })

    test('is refused for anything but filters, before anything is sent', () => {
      const refused = [
        people.orderBy('name'),
        people.orderByRandom(),
        people.limit(1),
        people.start(1),
        people.noIndex(),
        people.only('name'),
        people.values('name'),
        people.pluck('name'),
        people.fetch('boss'),
        people.prefetch('boss'),
        people.split('name'),
        people.timeout('5s'),
        people.version(new Date()),
        people.tempFiles(),
      ]
      for (const queryset of refused) {
        expect(() => queryset.live()).toThrow(LookupError)
        expect(() => queryset.liveSync()).toThrow(LookupError)
      }
      for (const action of ['create', [], ['CREATE', 'KILLED']])
        expect(() => people.live({ action: action as 'CREATE' })).toThrow(LookupError)
    })
  },
  ['mem', 'ws'],
)
