import { expect, test } from '@jest/globals'
import {
  Collection,
  defineTables,
  Document,
  IncomingReferenceField,
  IntField,
  ListField,
  LookupError,
  OptionField,
  RecordId,
  ReferenceField,
  schemaDiff,
  SetField,
  StringField,
  ValidationError,
  type Ref,
} from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'

@Collection('several_city')
class City extends Document<City>() {
  @StringField() name?: string
}

@Collection('several_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField() age?: number
  @StringField({ dbField: 'a_label' }) label?: string
  @IntField() code?: number
  @ReferenceField(() => City) city?: Ref<City>
  @IncomingReferenceField(() => Car, 'keeper') readonly cars?: Ref<Car>[]
}

@Collection('several_company')
class Company extends Document<Company>() {
  @StringField() name?: string
  @IntField() employees?: number
  @StringField({ dbField: 'b_label' }) label?: string
  @StringField() code?: string
  @ReferenceField(() => City) city?: Ref<City>
}

@Collection('several_car', { schema: 'full' })
class Car extends Document<Car>() {
  @ReferenceField(() => [Person, Company], { required: true }) owner!: Ref<Person | Company>
  @ListField(ReferenceField(() => [Person, Company])) drivers?: Ref<Person | Company>[]
  @OptionField(ReferenceField(() => [Person, Company])) lender?: Ref<Person | Company>
  @SetField(ReferenceField(() => [Person, Company])) users?: Set<Ref<Person | Company>>
  @ReferenceField(() => [Company, Person], { onDelete: 'cascade' }) keeper?: Ref<Person | Company>
}

const MODELS = [City, Person, Company, Car]
const table = (value: unknown): unknown => (value as { table: { name: string } }).table.name

test('the type of the database has all tables, each once', () => {
  const types = Car.defineStatements()
    .split('\n')
    .filter((statement) => statement.includes('DEFINE FIELD'))
  expect(types.map((statement) => /FIELD OVERWRITE `(\w+)` .* (TYPE .*?);?$/.exec(statement)?.slice(1))).toEqual([
    ['owner', 'TYPE record<`several_person` | `several_company`>'],
    ['drivers', 'TYPE none | null | array<record<`several_person` | `several_company`>>'],
    ['lender', 'TYPE none | record<`several_person` | `several_company`>'],
    ['users', 'TYPE none | null | set<record<`several_person` | `several_company`>>'],
    ['keeper', 'TYPE none | record<`several_company` | `several_person`> REFERENCE ON DELETE CASCADE'],
  ])
  const { field } = ReferenceField(() => [Person, Person])
  expect(field.databaseType()).toBe('record<`several_person`>')
})

test('no model at all is an error of the definition', () => {
  expect(() => ReferenceField(() => []).field.databaseType()).toThrow(
    expect.objectContaining({
      code: 'MODEL_NOT_DECORATED',
      message: 'A ReferenceField points at undefined; decorate that class.',
    }),
  )
})

test('another record, and what is none, are refused', () => {
  const ann = new Person({ name: 'Ann' })
  const car = new Car({ owner: ann, lender: new RecordId('several_city', 1) })
  expect(() => car.validateSync()).toThrow(ValidationError)
  const { field } = ReferenceField(() => [Person, Company])
  const said = (value: unknown): unknown => field.zodType().safeParse(value).error?.issues[0]?.message
  expect(said(ann)).toBe('must be a saved Person or Company, or its RecordId; save the document first')
  expect(said(new RecordId('several_city', 1))).toBe(
    'must be a record of one of the tables several_person, several_company',
  )
  expect(said('several_city:1')).toMatch('must be a saved Person or Company')
  expect(field.zodType().parse('several_company:acme')).toEqual(new RecordId('several_company', 'acme'))
  const schema = Car.zodSchema().shape as unknown as Record<string, { parse: (value: unknown) => unknown }>
  expect(schema['owner']!.parse('several_person:ann')).toEqual(new RecordId('several_person', 'ann'))
  expect((Car.jsonSchema() as { properties: object }).properties).toHaveProperty('owner.type', 'string')
})

test('a filter goes on by what all of them have alike', () => {
  const { query } = Car.objects.filter({ owner__name: 'Ann', owner__city__name: 'Rome' }).toSurrealQL()
  expect(query).toBe('SELECT * FROM `several_car` WHERE ((`owner`.`name` = $p0) AND (`owner`.`city`.`name` = $p1))')
  expect(Car.objects.where((car) => car.owner.name.eq('Ann')).toSurrealQL().query).toBe(
    'SELECT * FROM `several_car` WHERE (`owner`.`name` = $p0)',
  )
  const errorOf = (key: string): unknown => {
    try {
      return Car.objects.filter({ [key]: 1 } as never).toSurrealQL()
    } catch (error) {
      return error
    }
  }
  const advice = 'a link to several models leads on by what all of them have alike. Ask one of these models instead.'
  for (const [key, what] of [
    ['owner__age', 'Person has a field "age", and Company has none'],
    ['owner__employees__gt', 'Company has a field "employees", and Person has none'],
    ['owner__label', 'Person.label and Company.label are not of one kind'],
    ['owner__code', 'Person.code and Company.code are not of one kind'],
  ] as const) {
    const error = errorOf(key)
    expect(error).toBeInstanceOf(LookupError)
    expect(error).toMatchObject({ code: 'UNKNOWN_FIELD', message: `${what}; ${advice}` })
  }
  expect(errorOf('owner__nothing')).toMatchObject({ code: 'UNKNOWN_LOOKUP' })
  expect(() =>
    Car.objects.where((car) => (car.owner as unknown as { age: { eq(n: number): never } }).age.eq(1)).toSurrealQL(),
  ).toThrow(LookupError)
})

everywhere(
  'a link to several models',
  (place) => {
    const { mode, modeName } = place
    test('is stored, read, fetched, prefetched and filtered by the record it leads to', async () => {
      const { connection } = place
      await defineTables(MODELS, { connection })
      expect((await schemaDiff(connection, MODELS)).differences).toEqual([])
      const rome = await mode(City).create({ name: 'Rome' })
      const ann = await mode(Person).create({ name: 'Ann', age: 40, city: rome })
      const acme = await mode(Company).create({ name: 'Acme', employees: 3 })
      const made = await mode(Car).create({
        id: modeName,
        owner: acme,
        drivers: [ann, acme.id],
        users: new Set([ann.id]),
        keeper: ann,
      })
      const car = await mode(Car).get(made.id)
      expect([car.owner, car.drivers, car.lender, [...car.users!]]).toEqual([
        acme.id,
        [ann.id, acme.id],
        undefined,
        [ann.id],
      ])

      const fetched = await mode(Car.objects.fetch('owner', 'drivers__city')).get()
      expect(fetched.owner).toBeInstanceOf(Company)
      expect((fetched.owner as Company).employees).toBe(3)
      expect(fetched.drivers!.map((each) => each.constructor)).toEqual([Person, Company])
      expect(((fetched.drivers![0] as Person).city as City).name).toBe('Rome')
      expect(fetched.isDirty).toBe(false)
      const prefetched = await mode(Car.objects.prefetch('drivers', 'owner')).get()
      expect(prefetched.drivers!.map((each) => each.constructor)).toEqual([Person, Company])
      expect(() => Car.objects.fetch('owner__employees' as never)).toThrow(LookupError)

      expect(await mode(Car.objects.filter({ owner__name: 'Acme' })).count()).toBe(1)
      expect(await mode(Car.objects.filter({ owner__name: 'Ann' })).count()).toBe(0)
      expect(await mode(Car.objects.filter({ drivers__any__city__name: 'Rome' })).count()).toBe(1)
      expect(await mode(Car.objects.filter({ owner__in: [ann, acme] })).count()).toBe(1)
      expect(await mode(Car.objects.filter({ drivers__contains: ann })).count()).toBe(1)

      car.owner = ann
      car.lender = acme
      await mode(car).save()
      const again = await mode(Car).get(made.id)
      expect([table(again.owner), table(again.lender)]).toEqual(['several_person', 'several_company'])
      expect(again.toJSON()).toMatchObject({ owner: String(ann.id), lender: String(acme.id) })
      expect((await mode(Person).get(ann.id)).cars).toEqual([made.id])
      await mode(ann).delete()
      expect(await mode(Car).exists(made.id)).toBe(false)
    })
  },
  ['mem', 'ws'],
)
