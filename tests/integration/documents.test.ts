import { expect, test } from '@jest/globals'
import {
  BooleanField,
  Collection,
  DateTimeField,
  Document,
  DoesNotExistError,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  NotSavedError,
  RecordId,
  RecordIDField,
  ReferenceField,
  StringField,
  UniqueViolationError,
  Uuid,
  ValidationError,
  type Ref,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @StringField() zip?: string
}

@Collection('documents_company')
class Company extends Document<Company>() {
  @StringField({ required: true }) name!: string
}

@Collection('documents_person')
class Person extends Document<Person>() {
  @StringField({ required: true, maxLength: 40 }) name!: string
  @IntField({ min: 0, default: 0 }) age!: number
  @FloatField({ dbField: 'body_height' }) height?: number
  @BooleanField() active?: boolean
  @DateTimeField() joined?: Date
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Address) address?: Address
  @ListField(EmbeddedField(() => Address)) homes?: Address[]
  @ReferenceField(() => Company) company?: Ref<Company>
  @RecordIDField() subject?: RecordId
  @StringField() note?: string | null
}

everywhere('documents', ({ mode }) => {
  const count = async (): Promise<number> => await mode(Person.objects).count()

  test('a new document is created, and comes back the same', async () => {
    const company = await mode(Company).create({ name: 'Acme' })
    const joined = new Date('2024-02-29T12:34:56.789Z')
    const person = new Person({
      name: 'Ann ☃ ⟨x⟩',
      age: 41,
      height: 1.75,
      active: false,
      joined,
      tags: ['a', 'person:1', '2024-01-01'],
      address: new Address({ city: 'Paris' }),
      homes: [new Address({ city: 'Lyon', zip: '69000' })],
      company,
      subject: new RecordId('anything', 7),
    })
    expect(person.isNew).toBe(true)
    expect(person.isDirty).toBe(true)
    expect(person.id).toBeUndefined()
    expect(await mode(person).save()).toBe(person)
    expect(person.isNew).toBe(false)
    expect(person.isDirty).toBe(false)
    expect(person.id).toBeInstanceOf(RecordId)

    const loaded = await mode(Person).get(person.id!)
    expect(loaded).toBeInstanceOf(Person)
    expect(loaded).not.toBe(person)
    expect(loaded.equals(person)).toBe(true)
    expect(loaded.address).toBeInstanceOf(Address)
    expect(loaded.homes?.[0]).toBeInstanceOf(Address)
    expect(loaded.toObject()).toEqual({ ...person.toObject(), company: company.id })
    expect(loaded.toJSON()).toMatchObject({
      joined: '2024-02-29T12:34:56.789Z',
      company: String(company.id),
      height: 1.75,
    })
    expect(loaded.isDirty).toBe(false)
  })

  test('defaults fill in what is missing, and unset fields stay unset', async () => {
    const person = await mode(Person).create({ name: 'Bob' })
    expect(person.age).toBe(0)
    expect(person.tags).toBeUndefined()
    expect((await mode(Person).get(person.id!)).toObject()).toEqual({ id: person.id, name: 'Bob', age: 0 })
  })

  test('an update writes only what changed, in place changes included', async () => {
    const person = await mode(Person).create({
      name: 'Cid',
      tags: ['x'],
      address: new Address({ city: 'Rome', zip: '1' }),
    })
    const other = await mode(Person).get(person.id!)
    other.age = 50
    other.address!.zip = '2'
    await mode(other).save()

    person.tags!.push('y')
    person.address!.city = 'Oslo'
    expect(person.isDirty).toBe(true)
    expect(Object.keys(person.changes())).toEqual(['tags', 'address'])
    await mode(person).save()

    const loaded = await mode(Person).get(person.id!)
    expect(loaded.age).toBe(50)
    expect(loaded.tags).toEqual(['x', 'y'])
    expect(loaded.address!.toObject()).toEqual({ city: 'Oslo', zip: '2' })
  })

  test('undefined removes an optional field, null stores NULL', async () => {
    const person = await mode(Person).create({ name: 'Dan', note: 'n', height: 2 })
    person.note = null
    delete person.height
    await mode(person).save()
    const loaded = await mode(Person).get(person.id!)
    expect(loaded.note).toBeNull()
    expect(loaded.height).toBeUndefined()
    loaded.note = undefined as never
    await mode(loaded).save()
    expect((await mode(Person).get(person.id!)).toObject()).toEqual({ id: person.id, name: 'Dan', age: 0 })
  })

  test('update() sets fields and saves; an unknown one is refused before anything is sent', async () => {
    const person = await mode(Person).create({ name: 'Eve' })
    expect(await mode(person).update({ age: 7, name: 'Eva' })).toBe(person)
    expect((await mode(Person).get(person.id!)).age).toBe(7)
    await expect(async () => mode(person).update({ nope: 1 } as never)).rejects.toThrow(ValidationError)
  })

  test('refresh() loads the record anew', async () => {
    const person = await mode(Person).create({ name: 'Fay', age: 1 })
    const other = await mode(Person).get(person.id!)
    await mode(other).update({ age: 2 })
    person.name = 'lost'
    await mode(person).refresh()
    expect([person.name, person.age]).toEqual(['Fay', 2])
    expect(person.isDirty).toBe(false)
  })

  test('revert() takes back what was not saved', async () => {
    const person = await mode(Person).create({ name: 'Gus', tags: ['a'] })
    person.name = 'x'
    person.tags!.push('b')
    person.revert()
    expect([person.name, person.tags, person.isDirty]).toEqual(['Gus', ['a'], false])
  })

  test('every kind of record id survives', async () => {
    const uuid = new Uuid('01890a5d-ac96-774b-bcce-b302099a8057')
    const keys = ['plain', 'with:colon', '7', '', 7, -1, 9007199254740993n, uuid, ['a', 1], { a: 1, b: 'x' }]
    for (const key of keys) {
      const person = await mode(Person).create({ id: key, name: 'id' })
      expect(person.id!.equals(new RecordId('documents_person', key as never))).toBe(true)
      const loaded = await mode(Person).get(key)
      expect(loaded.id!.equals(person.id)).toBe(true)
      expect(await mode(Person).exists(key)).toBe(true)
      await mode(loaded).update({ age: 3 })
      await mode(loaded).delete()
      expect(await mode(Person).getOrNull(key)).toBeNull()
    }
  })

  test('delete() removes the record, once', async () => {
    const person = await mode(Person).create({ name: 'Hal' })
    const twin = await mode(Person).get(person.id!)
    const before = await count()
    await mode(person).delete()
    expect(await count()).toBe(before - 1)
    await expect(async () => mode(person).delete()).rejects.toThrow(NotSavedError)
    await expect(async () => mode(person).save()).rejects.toMatchObject({ code: 'DOCUMENT_DELETED' })
    await expect(async () => mode(person).refresh()).rejects.toMatchObject({ code: 'DOCUMENT_DELETED' })
    await expect(async () => mode(twin).delete()).rejects.toThrow(DoesNotExistError)
    twin.age = 9
    await expect(async () => mode(twin).save()).rejects.toThrow(DoesNotExistError)
    await expect(async () => mode(twin).refresh()).rejects.toThrow(DoesNotExistError)
    await expect(async () => mode(new Person({ name: 'x' })).delete()).rejects.toMatchObject({ code: 'NOT_SAVED' })
    await expect(async () => mode(new Person({ name: 'x' })).refresh()).rejects.toMatchObject({ code: 'NOT_SAVED' })
  })

  test('a record id is created once', async () => {
    await mode(Person).create({ id: 'only', name: 'one' })
    await expect(async () => mode(Person).create({ id: 'only', name: 'two' })).rejects.toThrow(UniqueViolationError)
    expect((await mode(Person).get('only')).name).toBe('one')
  })

  test('get() of nothing', async () => {
    await expect(async () => mode(Person).get('nobody')).rejects.toThrow('No Person has this id.')
    const wholeId = async () => mode(Person).get('documents_person:nobody')
    await expect(wholeId).rejects.toThrow('a string is the key alone, so leave out "documents_person:"')
    expect(await mode(Person).getOrNull('nobody')).toBeNull()
    expect(await mode(Person).exists('nobody')).toBe(false)
    await expect(async () => mode(Person).get(1.5)).rejects.toMatchObject({ code: 'INVALID_VALUE' })
    await expect(async () => mode(Person).get(new RecordId('other', 1))).rejects.toMatchObject({
      code: 'INVALID_VALUE',
    })
  })

  test('everything that is wrong is named, and nothing is stored', async () => {
    const before = await count()
    const person = new Person({ name: 'x'.repeat(41), age: -1, address: new Address({ zip: '1' }) })
    person.tags = ['ok', 5 as never]
    const error: unknown = await (async () => mode(person).save())().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ValidationError)
    const paths = (error as ValidationError).issues.map(({ path }) => path.join('.'))
    expect(paths.sort()).toEqual(['address.city', 'age', 'name', 'tags.1'])
    expect((error as ValidationError).message).toContain('Person.address.city')
    expect((error as ValidationError).message).not.toContain('xxxx')
    await expect(async () => mode(person).validate()).rejects.toThrow(ValidationError)
    expect(await count()).toBe(before)
  })

  test('many documents at once', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => ({ name: `bulk ${index}`, age: index }))
    const people = await mode(Person.objects).bulkCreate(rows, { batchSize: 60 })
    expect(people).toHaveLength(250)
    expect(people[249]).toBeInstanceOf(Person)
    expect(people.every((person) => person.id && !person.isNew && !person.isDirty)).toBe(true)
    expect(await mode(Person.objects.filter({ name__startswith: 'bulk ' })).count()).toBe(250)
    people[0]!.age = 1000
    await mode(people[0]!).save()
    expect((await mode(Person).get(people[0]!.id!)).age).toBe(1000)
  })
})
