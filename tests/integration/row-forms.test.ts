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
  MultipleObjectsReturnedError,
  ReferenceField,
  SetField,
  StringField,
  Versioned,
  Virtual,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Embeddable()
class Home extends EmbeddedDocument<Home>() {
  @StringField({ dbField: 'the city' }) city?: string
  @StringField() zip?: string
}

@Collection('forms_person', { discriminator: 'kind' })
class Person extends Versioned(Document<Person>()) {
  @StringField({ required: true, dbField: 'full_name' }) name!: string
  @IntField({ required: true }) age!: number
  @DateTimeField() born?: Date
  @SetField(StringField()) tags?: Set<string>
  @ListField(StringField()) notes?: string[]
  @EmbeddedField(() => Home) home?: Home
  @ListField(EmbeddedField(() => Home)) homes?: Home[]
  @ReferenceField(() => Person) boss?: Ref<Person>

  @Virtual() get label(): string {
    return `${this.name} (${this.age})`
  }
}

@Collection({ discriminator: 'admin' })
class Admin extends Person.extend<Admin>() {
  @IntField() level?: number
}

const born = new Date('2001-02-03T04:05:06Z')

everywhere(
  'forms of rows',
  ({ mode, isOldEngine }) => {
    test('a document with some fields saves what was changed, and nothing else', async () => {
      await mode(Person).defineTable()
      const ann = await mode(Person).create({
        id: 'ann',
        name: 'Ann',
        age: 20,
        born,
        tags: new Set(['a', 'b']),
        notes: ['x'],
        home: new Home({ city: 'Paris', zip: '1' }),
        homes: [new Home({ city: 'Rome' })],
      })
      await mode(Admin).create({ id: 'bob', name: 'Bob', age: 30, level: 3, boss: ann })
      const found = Person.objects.filter({ name: 'Ann' })

      const partial = (await mode(found.only('name', 'home', 'notes')).get()) as Person
      expect([partial.name, partial.age, partial.tags, partial.label]).toEqual([
        'Ann',
        undefined,
        undefined,
        'Ann (undefined)',
      ])
      expect([partial.isNew, partial.isDirty, partial.home!.city]).toEqual([false, false, 'Paris'])
      expect(partial.toJSON()).toMatchObject({ id: 'forms_person:ann', name: 'Ann', home: { city: 'Paris', zip: '1' } })
      partial.name = 'Anna'
      partial.home!.zip = '2'
      partial.notes!.push('y')
      expect(Object.keys(partial.changes()).sort()).toEqual(['home', 'name', 'notes'])
      await mode(partial).save()
      const whole = await mode(Person).get('ann')
      expect(whole).toMatchObject({ name: 'Anna', age: 20, born, notes: ['x', 'y'], home: { city: 'Paris', zip: '2' } })
      expect(whole.tags).toEqual(new Set(['a', 'b']))

      // what was not loaded is there once it is loaded, also where it is required
      await mode(partial).refresh()
      expect([partial.age, partial.label]).toEqual([20, 'Anna (20)'])
      partial.name = 'Ann'
      await mode(partial).save()
    })

    test('a document without some fields keeps the column that counts its versions', async () => {
      const partial = (await mode(
        Person.objects.filter({ name: 'Ann' }).omit('age', 'version', 'tags'),
      ).get()) as Person
      expect([partial.age, partial.tags, partial.born]).toEqual([undefined, undefined, born])
      const before = (await mode(Person).get('ann')).version
      partial.born = undefined as never
      await mode(partial).save()
      const whole = await mode(Person).get('ann')
      expect([whole.age, whole.born, whole.version]).toEqual([20, undefined, before + 1])
      whole.born = born
      await mode(whole).save()
    })

    test('of models in one table, each record is of its own class', async () => {
      const all = await mode(Person.objects.only('name').orderBy('name')).all()
      expect(all.map(({ constructor }) => constructor)).toEqual([Person, Admin])
      const bob = (await mode(Admin.objects.only('level')).get()) as Admin
      expect([bob.level, bob.name]).toEqual([3, undefined])
      bob.level = 4
      await mode(bob).save()
      expect((await mode(Admin).get('bob')).toJSON()).toMatchObject({ name: 'Bob', level: 4, age: 30 })
      expect(await mode(Admin.objects.pluck('level')).all()).toEqual([4])
    })

    test('values have the types of their fields, whatever they are', async () => {
      const ann = Person.objects.filter({ name: 'Ann' })
      const names = ['name', 'born', 'tags', 'notes', 'home', 'home__city', 'homes', 'homes__0__city', 'boss'] as const
      const row = await mode(ann.values(...names)).get()
      expect(Object.keys(row)).toEqual(names)
      expect(row).toMatchObject({ name: 'Ann', born, notes: ['x', 'y'], home__city: 'Paris', homes__0__city: 'Rome' })
      expect(row.tags).toEqual(new Set(['a', 'b']))
      expect(row.home).toBeInstanceOf(Home)
      expect(row.homes![0]).toBeInstanceOf(Home)
      expect(row.boss ?? undefined).toBeUndefined()
      expect(await mode(ann.pluck('born')).all()).toEqual([born])
      expect(await mode(ann.pluck('tags')).first()).toEqual(new Set(['a', 'b']))
      expect((await mode(ann.pluck('home')).get())!.city).toBe('Paris')
      const bosses = Person.objects.filter({ name: 'Bob' })
      expect(await mode(bosses.pluck('boss')).get()).toEqual((await mode(Person).get('ann')).id)
      expect(await mode(bosses.values('boss__name', 'boss__home__city')).get()).toEqual({
        boss__name: 'Ann',
        boss__home__city: 'Paris',
      })
      const plain = await mode(ann.asPlain()).get()
      expect(plain).not.toBeInstanceOf(Document)
      expect(plain).toMatchObject({ name: 'Ann', age: 20, born })
      expect(await mode(ann.split('notes').values('notes')).all()).toEqual([{ notes: 'x' }, { notes: 'y' }])
    })

    test('every finishing method takes every form', async () => {
      const all = Person.objects.orderBy('name')
      for (const rows of [all, all.only('name'), all.omit('age'), all.asPlain(), all.values('name')]) {
        const queryset = rows as typeof all
        expect(await mode(queryset).count()).toBe(2)
        expect(await mode(queryset.limit(1)).count()).toBe(1)
        expect(await mode(queryset).exists()).toBe(true)
        expect((await mode(queryset).first())!.name).toBe('Ann')
        expect((await mode(queryset).last())!.name).toBe('Bob')
        expect((await mode(queryset.filter({ name: 'Bob' })).get()).name).toBe('Bob')
        expect(await mode(queryset.filter({ name: 'Nobody' })).getOrNull()).toBeNull()
        expect(await mode(queryset.filter({ name: 'Nobody' })).exists()).toBe(false)
        await expect((async () => mode(queryset).getOrNull())()).rejects.toThrow(MultipleObjectsReturnedError)
      }
      const names = all.pluck('name')
      expect(await mode(names).count()).toBe(2)
      expect(await mode(names).exists()).toBe(true)
      expect([await mode(names).first(), await mode(names).last()]).toEqual(['Ann', 'Bob'])
      expect(await mode(names.filter({ name: 'Bob' })).get()).toBe('Bob')
      expect(await mode(names.filter({ name: 'Nobody' })).getOrNull()).toBeNull()
    })

    // before version 3, a store in memory keeps no versions
    if (!isOldEngine)
      test('a version of the past has every form', async () => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        const moment = new Date()
        await new Promise((resolve) => setTimeout(resolve, 20))
        await mode(Person.objects.filter({ name: 'Ann' })).update({ age: 99 })
        const past = Person.objects.version(moment).filter({ name: 'Ann' })
        expect(await mode(past.pluck('age')).get()).toBe(20)
        expect((await mode(past.only('age')).get()).age).toBe(20)
        expect((await mode(past).get()).age).toBe(20)
        expect(await mode(Person.objects.filter({ name: 'Ann' }).pluck('age')).get()).toBe(99)
      })
  },
  ['mem', 'ws'],
)
