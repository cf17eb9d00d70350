import { expect, test } from '@jest/globals'
import {
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  NotSavedError,
  StringField,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Embeddable()
class Part extends EmbeddedDocument<Part>() {
  @StringField() left?: string
  @StringField() right?: string
}

@Collection('change_tracking_thing')
class Thing extends Document<Thing>() {
  @StringField() name?: string
  @IntField() count?: number
  @DateTimeField() at?: Date
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Part) part?: Part
}

everywhere('change tracking', (place) => {
  const { mode } = place

  test('what others wrote beside a change stays', async () => {
    const thing = await mode(Thing).create({ name: 'a', count: 1, part: new Part({ left: 'l', right: 'r' }) })
    const other = await mode(Thing).get(thing.id!)
    thing.part!.left = 'L'
    other.part!.right = 'R'
    other.count = 2
    await mode(thing).save()
    await mode(other).save()
    await mode(thing).refresh()
    expect(thing.toObject()).toEqual({ id: thing.id, name: 'a', count: 2, part: { left: 'L', right: 'R' } })
  })

  test('a stored time that is finer than a Date is no change, and is not made coarser', async () => {
    const thing = await mode(Thing).create({ name: 'fine' })
    await mode(place.connection).query("UPDATE $id SET at = d'2024-01-01T00:00:00.123456789Z'", { id: thing.id })
    await mode(thing).refresh()
    expect(thing.isDirty).toBe(false)
    thing.name = 'still fine'
    await mode(thing).save()
    const query = 'SELECT VALUE <string> at FROM ONLY $id'
    expect(await mode(place.connection).query(query, { id: thing.id })).toEqual(['2024-01-01T00:00:00.123456789Z'])
  })

  test("objects held by the user stay the document's own after a save", async () => {
    const thing = await mode(Thing).create({ part: new Part({ left: 'l' }), tags: ['a'] })
    const { part, tags } = thing
    part!.left = 'changed'
    await mode(thing).save()
    expect(thing.part).toBe(part)
    part!.left = 'again'
    tags!.push('b')
    await mode(thing).save()
    expect((await mode(Thing).get(thing.id!)).toObject()).toMatchObject({ part: { left: 'again' }, tags: ['a', 'b'] })
  })

  test('what the database makes of a record comes back', async () => {
    await mode(place.connection).query(
      'DEFINE FIELD OVERWRITE count ON change_tracking_thing TYPE none | null | int VALUE ($value ?? 0) + 100',
    )
    const thing = await mode(Thing).create({ name: 'x', count: 1 })
    expect(thing.count).toBe(101)
    expect(thing.isDirty).toBe(false)
    await mode(place.connection).query('REMOVE FIELD count ON change_tracking_thing')
  })
})

everywhere(
  'changes during a save',
  ({ modeName }) => {
    test('a value changed while the save is under way is kept, and saved the next time', async () => {
      if (modeName === 'sync')
        return expect(() => new Thing({ name: 'blocking calls leave no time' }).saveSync()).not.toThrow()
      const thing = await Thing.create({ name: 'a', count: 1 })
      thing.name = 'b'
      const saving = thing.save()
      thing.name = 'c'
      thing.count = 2
      await saving
      expect([thing.name, thing.count, thing.isDirty]).toEqual(['c', 2, true])
      await thing.save()
      expect((await Thing.get(thing.id!)).toObject()).toMatchObject({ name: 'c', count: 2 })
    })

    test('a second save at the same time is refused, so that nothing is created twice', async () => {
      if (modeName === 'sync') return expect(new Thing({ name: 'x' }).saveSync().saveSync().isNew).toBe(false)
      const thing = new Thing({ name: 'once' })
      const results = await Promise.allSettled([thing.save(), thing.save()])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(NotSavedError)
      expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'SAVE_IN_PROGRESS' })
      expect(await Thing.objects.filter({ name: 'once' }).count()).toBe(1)
    })
  },
  ['mem', 'ws'],
)
