import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  IntField,
  ModelDefinitionError,
  StringField,
  UniqueViolationError,
  ValidationError,
} from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'
import { errorOf } from '../../support/error-of.js'

@Collection({ abstract: true, schema: 'full', indexes: [{ fields: ['code'], unique: true }] })
abstract class Coded extends Document<Coded>() {
  @StringField({ required: true }) code!: string
  beforeSave() {
    this.code = this.code.toUpperCase()
  }
}

@Collection('inheritance_country')
class Country extends Coded.extend<Country>() {
  @IntField() people?: number
}

@Collection('inheritance_state', { indexes: [{ fields: ['people'] }] })
class State extends Country.extend<State>() {
  @StringField({ required: true, minLength: 4 }) override code: string = ''
  @StringField() capital?: string
}

@Collection('inheritance_animal', { discriminator: 'kind', schema: 'full' })
class Animal extends Document<Animal>() {
  @StringField() name?: string
  @StringField() kind?: string
  sound(): string {
    return '…'
  }
}

@Collection({ discriminator: 'dog', indexes: [{ fields: ['tricks'] }] })
class Dog extends Animal.extend<Dog>() {
  @IntField({ required: true, default: 0 }) tricks!: number
  override sound(): string {
    return 'woof'
  }
}

@Collection({ discriminator: 'puppy' })
class Puppy extends Dog.extend<Puppy>() {
  @IntField() weeks?: number
}

@Collection({ discriminator: 'cat' })
class Cat extends Animal.extend<Cat>() {
  @StringField({ dbField: 'favourite_place' }) place?: string
}

everywhere(
  'inheritance',
  ({ mode }) => {
    test('of an abstract base: fields, hooks and options', async () => {
      await mode(Country).defineTable()
      const france = await mode(Country).create({ code: 'fr', people: 68 })
      expect(await mode(Country).get(france.id)).toMatchObject({ code: 'FR', people: 68 })
      expect(await errorOf(() => mode(Country).create({ code: 'fr' }))).toBeInstanceOf(UniqueViolationError)
    })

    test('of a concrete model: a table of its own, and fields that replace inherited ones', async () => {
      await mode(State).defineTable()
      const state = await mode(State).create({ code: 'ohio', people: 11, capital: 'Columbus' })
      expect(await mode(State.objects.filter({ people__gt: 1 })).all()).toEqual([state])
      expect(await mode(Country).exists(String(state.id.id))).toBe(false)
      expect(await errorOf(() => mode(State).create({ code: 'fr' }))).toBeInstanceOf(ValidationError)
      expect(state).toBeInstanceOf(Country)
    })

    test('an abstract model has no table', async () => {
      for (const use of [
        () => (Coded as unknown as typeof Country).objects,
        () => mode(Coded as unknown as typeof Country).get('x'),
        () => mode(Coded as unknown as typeof Country).create({}),
        () => mode(Coded as unknown as typeof Country).defineTable(),
        () => new (Coded as unknown as typeof Country)(),
      ]) {
        const error = await errorOf(use)
        expect(error).toBeInstanceOf(ModelDefinitionError)
        expect(error).toMatchObject({ code: 'ABSTRACT_MODEL', message: expect.stringContaining('Coded is abstract') })
      }
    })
  },
  ['mem', 'ws'],
)

everywhere(
  'several models in one table',
  ({ mode }) => {
    const fresh = async (): Promise<[Animal, Dog, Puppy, Cat]> => {
      await mode(Dog).defineTable()
      await mode(Animal.objects.allowAll()).delete()
      return [
        await mode(Animal).create({ name: 'a' }),
        await mode(Dog).create({ name: 'b', tricks: 2 }),
        await mode(Puppy).create({ name: 'c', weeks: 3 }),
        await mode(Cat).create({ name: 'd', place: 'sofa' }),
      ]
    }

    test('a query on the base gives each document its class', async () => {
      const all = await fresh()
      const found = await mode(Animal.objects.orderBy('name')).all()
      expect(found.map(({ constructor }) => constructor)).toEqual([Animal, Dog, Puppy, Cat])
      expect(found).toEqual(all)
      expect(found.map((animal) => animal.sound())).toEqual(['…', 'woof', 'woof', '…'])
      expect(found.map(({ kind }) => kind)).toEqual([undefined, 'dog', 'puppy', 'cat'])
      expect(await mode(Animal).get(all[1].id)).toBeInstanceOf(Dog)
      expect(await mode(Animal.objects.filter({ kind: 'cat' })).get()).toBeInstanceOf(Cat)
      expect(Animal.fromRecord({ id: all[3].id, kind: 'cat', favourite_place: 'box' })).toMatchObject({ place: 'box' })
    })

    test('a query on a subclass finds its own, and those of its subclasses', async () => {
      const [animal, dog, puppy, cat] = await fresh()
      expect(await mode(Dog.objects.orderBy('name')).all()).toEqual([dog, puppy])
      expect(await mode(Puppy.objects).all()).toEqual([puppy])
      expect(await mode(Dog.objects).count()).toBe(2)
      expect(await mode(Cat.objects.filter({ name: 'b' })).exists()).toBe(false)
      expect(await mode(Cat).getOrNull(dog.id)).toBeNull()
      expect(await mode(Dog).exists(animal.id)).toBe(false)
      expect(await mode(Dog).get(puppy.id)).toBeInstanceOf(Puppy)
      expect(await mode(Dog.objects.allowAll()).update({ name: 'x' })).toBe(2)
      await mode(cat).refresh()
      expect(cat.name).toBe('d')
      expect(await mode(Dog.objects.filter({ name: 'x' })).delete()).toBe(2)
      expect(await mode(Animal.objects).count()).toBe(2)
    })

    test('documents are saved as what they are', async () => {
      const [, dog] = await fresh()
      await mode(dog).update({ tricks: 3 })
      expect(await mode(Dog).get(dog.id)).toMatchObject({ tricks: 3, kind: 'dog' })
      const [puppy] = await mode(Puppy.objects).bulkCreate([{ name: 'e' }])
      expect(await mode(Animal).get(puppy!.id)).toBeInstanceOf(Puppy)
      dog.kind = 'cat'
      const error = await errorOf(() => mode(dog).save())
      expect(error).toBeInstanceOf(ValidationError)
      expect(await errorOf(() => mode(Dog).create({ kind: 'cat' }))).toBeInstanceOf(ValidationError)
    })

    test('a kind that no class has is a document of the base', async () => {
      await fresh()
      await mode(Animal).create({ name: 'f', kind: 'fish' })
      expect((await mode(Animal.objects.filter({ kind: 'fish' })).get()).constructor).toBe(Animal)
    })
  },
  ['mem', 'ws'],
)
