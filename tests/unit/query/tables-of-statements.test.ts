import { expect, test } from '@jest/globals'
import {
  AnyField,
  Collection,
  ComputedField,
  Count,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  Max,
  RecordIDField,
  ReferenceField,
  RelationDocument,
  StringField,
  surql,
  type Ref,
  type RecordId,
  type RelationEnds,
} from '../../../src/index.js'
import { buildGroups } from '../../../src/query/aggregates/build-groups.js'
import { groupBy, withAggregates } from '../../../src/query/aggregates/group-query.js'
import { buildCount, buildDelete, buildSelect, buildUpdate } from '../../../src/query/build-statements.js'
import { buildRows } from '../../../src/query/build-rows.js'
import { queryOf, type Query } from '../../../src/query/query.js'
import { tablesRead } from '../../../src/query/tables-read.js'
import { tablesWritten } from '../../../src/query/tables-written.js'
import { foundOnce, modelMetaOf } from '../../../src/schema/model-registry.js'

@Collection('tables_country')
class Country extends Document<Country>() {
  @StringField() name?: string
}

@Collection('tables_city')
class City extends Document<City>() {
  @StringField() name?: string
  @ReferenceField(() => Country) country?: Ref<Country>
}

@Embeddable()
class Home extends EmbeddedDocument<Home>() {
  @ReferenceField(() => City) city?: Ref<City>
  @StringField() street?: string
}

@Collection('tables_person')
class Person extends Document<Person>() {
  @StringField() name?: string
  @IntField() age?: number
  @EmbeddedField(() => Home) home?: Home
  @ListField(EmbeddedField(() => Home)) homes?: Home[]
  @ListField(ReferenceField(() => City)) cities?: Ref<City>[]
  @ReferenceField(() => Person) boss?: Ref<Person>
  @DictField(ReferenceField(() => City)) places?: Record<string, Ref<City>>
  @RecordIDField() subject?: RecordId
  @AnyField() extra?: unknown
}

@Collection('tables_computed')
class Computed extends Document<Computed>() {
  @IntField() price?: number
  @ComputedField(surql`price * 2 + math::abs(price)`, IntField()) readonly twice?: number
}

@Collection('tables_looking')
class Looking extends Document<Looking>() {
  @ReferenceField(() => City) city?: Ref<City>
  @ComputedField(surql`city.name`, StringField()) readonly cityName?: string
}

@Collection('tables_secret', { permissions: { select: surql`owner = $auth.id` } })
class Secret extends Document<Secret>() {
  @RecordIDField() owner?: RecordId
}

@Collection('tables_view', { view: surql`SELECT count() AS total FROM tables_city GROUP ALL` })
class View extends Document<View>() {
  @IntField() total?: number
}

@Collection('tables_loud', { events: [{ name: 'log', then: surql`CREATE log` }] })
class Loud extends Document<Loud>() {
  @StringField() name?: string
}

@Collection('tables_visit', { in: () => Person, out: () => City })
class Visit extends RelationDocument<Visit>() {
  declare readonly ends: RelationEnds
  @IntField() year?: number
}

@Collection('tables_pet')
class Pet extends Document<Pet>() {
  @ReferenceField(() => Person, { onDelete: 'cascade' }) owner?: Ref<Person>
}

@Collection('tables_toy')
class Toy extends Document<Toy>() {
  @ReferenceField(() => Pet, { onDelete: 'unset' }) pet?: Ref<Pet>
}

const query = (queryset: object): Query => (queryset as { query: Query }).query
const read = (queryset: object): unknown => {
  const tables = tablesRead(buildRows(query(queryset)))
  return tables === 'all' ? tables : [...tables].map((table) => table.replace('tables_', '')).sort()
}
const written = (tables: ReadonlySet<string> | 'all'): unknown =>
  tables === 'all' ? tables : [...tables].map((table) => table.replace('tables_', '')).sort()

test('a query reads its own table, and those of the links that it follows', () => {
  const people = Person.objects
  expect(read(people)).toEqual(['person'])
  expect(read(people.filter({ name: 'x', home__street: 'y', age__gt: 1 }).orderBy('name', 'home__street'))).toEqual([
    'person',
  ])
  expect(read(people.filter({ home__city__name: 'x' }))).toEqual(['city', 'person'])
  expect(read(people.filter({ home__city__country__name: 'x' }))).toEqual(['city', 'country', 'person'])
  expect(read(people.filter({ homes__city__country__name: 'x' }))).toEqual(['city', 'country', 'person'])
  expect(read(people.filter({ cities__name: 'x' }))).toEqual(['city', 'person'])
  expect(read(people.filter({ boss__name: 'x' }))).toEqual(['person'])
  expect(read(people.exclude({ cities__all__country__name: 'x' }))).toEqual(['city', 'country', 'person'])
  expect(read(people.where((one) => one.home.city.name.len().gt(3)))).toEqual(['city', 'person'])
  expect(read(people.where((one) => one.cities.any((city) => city.country.name.eq('x'))))).toEqual([
    'city',
    'country',
    'person',
  ])
  expect(read(people.orderBy('home__city__name'))).toEqual(['city', 'person'])
  expect(read(people.values('name', 'home__city__name'))).toEqual(['city', 'person'])
  expect(read(people.pluck('home__city__name'))).toEqual(['city', 'person'])
  expect(read(people.pluck('home__city__name').distinct())).toEqual(['city', 'person'])
  expect(read(people.values('name', 'boss', 'subject'))).toEqual(['person'])
  expect(read(City.objects.fetch('country'))).toEqual(['city', 'country'])
  expect(read(people.annotate({ there: 'home__city__name', many: Count('cities') }))).toContain('city')
  expect(read(Visit.objects.filter({ year: 1 }))).toEqual(['visit'])
  expect(read(Visit.objects.where((visit) => visit.out.isStored()))).toEqual(['city', 'visit'])
})

test('whether a linked record is there is read where that record is', () => {
  expect(read(City.objects.where((city) => city.country.isStored()))).toEqual(['city', 'country'])
})

test('counts and groups read what their values are made of', () => {
  const people = Person.objects.filter({ home__city__name: 'x' })
  expect(written(tablesRead(buildCount(query(people))))).toEqual(['city', 'person'])
  expect(written(tablesRead(buildCount(query(Person.objects))))).toEqual(['person'])
  const groups = withAggregates(groupBy(queryOf(modelMetaOf(Person)), ['home__city__name']), { oldest: Max('age') })
  expect(written(tablesRead(buildGroups(groups)))).toEqual(['city', 'person'])
  const plain = withAggregates(groupBy(queryOf(modelMetaOf(Person)), ['name']), { oldest: Max('age') })
  expect(written(tablesRead(buildGroups(plain)))).toEqual(['person'])
})

test('what may lead anywhere reads every table', () => {
  const people = Person.objects
  expect(read(people.filter({ extra__a: 1 }))).toBe('all')
  expect(read(people.filter({ extra: 1 }))).toEqual(['person'])
  expect(read(people.filter({ places__home__name: 'x' }))).toBe('all')
  expect(read(people.where((one) => one.subject.isStored()))).toBe('all')
  expect(tablesRead(buildSelect({ ...query(people), from: { kind: 'records', records: ['no id'] } }))).toBe('all')
})

test('what the database looks up by itself may be in any table', () => {
  expect(read(Computed.objects)).toEqual(['computed'])
  expect(read(Looking.objects)).toBe('all')
  expect(read(Secret.objects)).toBe('all')
  expect(read(View.objects)).toBe('all')
})

test('a write is to its own table, and to those that depend on it', () => {
  const update = (queryset: object) => buildUpdate(query(queryset), [])
  expect(written(tablesWritten([update(City.objects.filter({ name: 'x' }))]))).toEqual(['city'])
  expect(written(tablesWritten([update(City.objects.limit(1))]))).toEqual(['city'])
  expect(written(tablesWritten([update(Loud.objects.filter({ name: 'x' }))]))).toBe('all')
  const insert = (table: string) => ({ kind: 'insert', table, rows: [] }) as const
  expect(written(tablesWritten([insert('tables_city'), insert('tables_country')]))).toEqual(['city', 'country'])
  expect(written(tablesWritten([buildSelect(query(City.objects))]))).toEqual([])
  expect(written(tablesWritten([{ kind: 'text', text: surql`SELECT 1` }]))).toBe('all')
})

test('with what is deleted go its edges, and what is bound to it', () => {
  const remove = (queryset: object): unknown => written(tablesWritten([buildDelete(query(queryset))]))
  expect(remove(Country.objects.allowAll())).toEqual(['country'])
  expect(remove(City.objects.allowAll())).toEqual(['city', 'visit'])
  expect(remove(Person.objects.allowAll())).toEqual(['person', 'pet', 'toy', 'visit'])
  expect(remove(Toy.objects.allowAll())).toEqual(['toy'])
  expect(remove(Loud.objects.allowAll())).toBe('all')
})

test('it is found once, and again when a model was declared', () => {
  const asked: string[] = []
  const find = foundOnce((table) => `${table} ${asked.push(table)}`)
  expect([find('a'), find('b'), find('a')]).toEqual(['a 1', 'b 2', 'a 1'])
  const remove = (): unknown => written(tablesWritten([buildDelete(query(Pet.objects.allowAll()))]))
  expect(remove()).toEqual(['pet', 'toy'])

  @Collection('tables_tag')
  class Tag extends Document<Tag>() {
    @ReferenceField(() => Pet, { onDelete: 'cascade' }) pet?: Ref<Pet>
  }
  expect(Tag.name).toBe('Tag')
  expect([find('a'), find('a')]).toEqual(['a 3', 'a 3'])
  expect(remove()).toEqual(['pet', 'tag', 'toy'])
})
