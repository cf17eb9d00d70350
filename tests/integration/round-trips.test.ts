import { expect, test } from '@jest/globals'
import { Collection, Document, IntField, StringField } from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'
import { sentQueries } from '../support/sent-queries.js'

@Collection('round_trips_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField() age?: number
}

everywhere(
  'round trips',
  (place) => {
    const { mode } = place
    const counted = (work: () => unknown): Promise<string[]> => sentQueries(place.connection, work)

    test('create is one, update is one with only what changed, a clean save is none', async () => {
      const person = new Person({ name: 'Ann', age: 1 })
      expect(await counted(() => mode(person).save())).toEqual(['CREATE ONLY $p0 CONTENT $p1'])
      expect(await counted(() => mode(person).save())).toEqual([])
      person.age = 2
      expect(await counted(() => mode(person).save())).toEqual(['UPDATE ONLY $p0 SET `age` = $p1'])
      expect(await counted(() => mode(person).save())).toEqual([])
    })

    test('every other operation is one', async () => {
      const person = await mode(Person).create({ id: 'bob', name: 'Bob' })
      const people = Person.objects.filter({ name: 'Bob' })
      expect(await counted(() => mode(Person).get('bob'))).toEqual(['SELECT * FROM ONLY $p0'])
      expect(await counted(() => mode(Person).getOrNull('bob'))).toHaveLength(1)
      expect(await counted(() => mode(Person).exists('bob'))).toHaveLength(1)
      expect(await counted(() => mode(person).refresh())).toHaveLength(1)
      expect(await counted(() => mode(people).all())).toHaveLength(1)
      expect(await counted(() => mode(people).first())).toHaveLength(1)
      expect(await counted(() => mode(people).get())).toHaveLength(1)
      expect(await counted(() => mode(people).count())).toHaveLength(1)
      expect(await counted(() => mode(people).exists())).toHaveLength(1)
      expect(await counted(() => mode(people).update({ age: 5 }))).toHaveLength(1)
      expect(await counted(() => mode(people).delete())).toHaveLength(1)
      expect(await counted(() => mode(Person).defineTable())).toHaveLength(1)
    })

    test('bulkCreate is one for each batch; what does no I/O sends nothing', async () => {
      const rows = Array.from({ length: 25 }, (_, index) => ({ name: `p${index}` }))
      expect(await counted(() => mode(Person.objects).bulkCreate(rows, { batchSize: 10 }))).toHaveLength(3)
      const nothing = await counted(async () => {
        const people = Person.objects.filter({ age__gt: 1 }).exclude({ name: 'x' }).orderBy('name').limit(1).start(1)
        people.toSurrealQL()
        Person.defineStatements()
        await mode(new Person({ name: 'x' })).validate()
        await mode(Person.objects).bulkCreate([])
      })
      expect(nothing).toEqual([])
    })
  },
  ['mem'],
)
