import { beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Collection, Document, IntField, SoftDelete, StringField } from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'

@Collection('counts_animal', { discriminator: 'kind' })
class Animal extends Document<Animal>() {
  @StringField({ index: true }) group?: string
  @IntField({ index: true }) age?: number
}

@Collection({ discriminator: 'dog' })
class Dog extends Animal.extend<Dog>() {
  @StringField() trick?: string
}

@Collection({ discriminator: 'cat' })
class Cat extends Animal.extend<Cat>() {}

@Collection('counts_note')
class Note extends SoftDelete(Document<Note>()) {
  @StringField({ index: true }) group?: string
  @IntField({ index: true }) age?: number
}

everywhere(
  'how many records a write touches',
  ({ mode }) => {
    const ages = Array.from({ length: 10 }, (_, age) => age)

    beforeAll(async () => {
      await mode(Animal).defineTable()
      await mode(Note).defineTable()
    })

    beforeEach(async () => {
      await mode(Animal.objects.allowAll()).delete()
      await mode(Note.objects.withDeleted().allowAll()).hardDelete()
      await mode(Dog.objects).bulkCreate(ages.map((age) => ({ group: age % 2 ? 'odd' : 'even', age })))
      await mode(Cat.objects).bulkCreate(ages.map((age) => ({ group: age % 2 ? 'odd' : 'even', age })))
      await mode(Note.objects).bulkCreate(ages.map((age) => ({ group: age % 2 ? 'odd' : 'even', age })))
      await mode(Note.objects.filter({ age__lt: 4 })).delete()
    })

    test('of one kind alone, where several share a table', async () => {
      expect(await mode(Dog.objects.filter({ group: 'odd' })).update({ trick: 'sit' })).toBe(5)
      expect(await mode(Dog.objects.filter({ trick: 'sit' })).count()).toBe(5)
      expect(await mode(Cat.objects.filter({ group: 'odd', age__gte: 4 }).orderBy('age').limit(2)).delete()).toBe(2)
      expect(await mode(Cat.objects.orderBy('age').pluck('age')).all()).toEqual([0, 1, 2, 3, 4, 6, 8, 9])
      expect(await mode(Dog.objects.allowAll()).delete()).toBe(10)
      expect(await mode(Animal.objects).count()).toBe(8)
    })

    test('of those that are not marked as deleted', async () => {
      const notes = Note.objects
      expect(await mode(notes.filter({ group: 'even' })).update({ age: 100 })).toBe(3)
      expect(await mode(notes.withDeleted().filter({ group: 'even', age: 100 })).count()).toBe(3)
      expect(await mode(notes.filter({ group: 'odd' }).orderBy('-age').limit(2)).delete()).toBe(2)
      expect(await mode(notes.filter({ group: 'odd' }).pluck('age')).all()).toEqual([5])
      expect(await mode(notes.onlyDeleted().filter({ group: 'odd' })).update({ age: 50 })).toBe(4)
      expect(await mode(notes.filter({ age: 50 })).restore()).toBe(4)
      expect(await mode(notes.filter({ age: 50 })).count()).toBe(4)
    })

    test('of a slice, whatever indexes there are', async () => {
      for (const query of [
        Animal.objects.filter({ group: 'odd', age__gte: 3 }),
        Animal.objects.filter({ age__in: [1, 3, 5, 7, 9] }),
        Animal.objects.filter({ group: 'odd' }).exclude({ age: 1 }),
      ]) {
        expect(await mode(query.orderBy('age').start(1).limit(3)).update({ group: 'taken' })).toBe(3)
        expect(await mode(Animal.objects.filter({ group: 'taken' })).update({ group: 'odd' })).toBe(3)
        expect(await mode(query.limit(0)).update({ group: 'taken' })).toBe(0)
      }
      expect(await mode(Animal.objects.limit(3)).delete()).toBe(3)
      expect(await mode(Animal.objects.orderBy('age').start(15)).delete()).toBe(2)
      expect(await mode(Animal.objects).count()).toBe(15)
    })

    test('what would touch everything is refused before anything is sent', async () => {
      const works: (() => unknown)[] = [
        () => mode(Note.objects).update({ age: 1 }),
        () => mode(Note.objects).delete(),
        () => mode(Note.objects).hardDelete(),
        () => mode(Note.objects).restore(),
        () => mode(Dog.objects).update({ age: 1 }),
        () => mode(Dog.objects.orderBy('age')).delete(),
        () => mode(Note.objects.withDeleted()).update({ age: 1 }),
      ]
      for (const work of works) expect((await errorOf(work)).code).toBe('UNFILTERED_WRITE')
      expect(await mode(Note.objects.allowAll()).restore()).toBe(4)
    })
  },
  ['mem', 'ws'],
)
