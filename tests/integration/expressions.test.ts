import { beforeAll, describe, expect, test } from '@jest/globals'
import {
  BooleanField,
  Collection,
  DateTimeField,
  DictField,
  Document,
  Duration,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  F,
  IntField,
  ListField,
  literal,
  now,
  random,
  ReferenceField,
  SetField,
  StringField,
  when,
  type RecordExpression,
  type Ref,
  type TypedExpression,
} from '../../src/index.js'
import { everywhere } from '../support/everywhere.js'

@Embeddable()
class Home extends EmbeddedDocument<Home>() {
  @StringField({ dbField: 'town' }) city?: string
  @IntField() rooms?: number
  /** Called as a method is. */
  @IntField() len?: number
}

@Collection('expressions_company')
class Company extends Document<Company>() {
  @StringField() name?: string
  @EmbeddedField(() => Home) seat?: Home
}

@Collection('expressions_person')
class Person extends Document<Person>() {
  @StringField({ dbField: 'full_name' }) name?: string
  @StringField() nick?: string
  @IntField() age?: number
  @IntField() minimum?: number
  @BooleanField() active?: boolean
  @DateTimeField() born?: Date
  @ListField(StringField()) tags?: string[]
  @SetField(IntField()) numbers?: Set<number>
  @ListField(EmbeddedField(() => Home)) homes?: Home[]
  @EmbeddedField(() => Home) home?: Home
  @DictField(IntField()) counts?: Record<string, number>
  @ReferenceField(() => Company) company?: Ref<Company>
}

type Ask = (u: RecordExpression<Person>) => TypedExpression<boolean>

everywhere(
  'expressions',
  ({ mode }) => {
    const keys = async (ask: Ask): Promise<unknown[]> =>
      (await mode(Person.objects.where(ask).orderBy('id')).all()).map(({ id }) => id.id)

    beforeAll(async () => {
      await mode(Company).defineTable()
      await mode(Person).defineTable()
      const acme = await mode(Company).create({ id: 'acme', name: 'Acme', seat: new Home({ city: 'Rome' }) })
      await mode(Person).create({
        id: 1,
        name: 'Ann',
        nick: 'Ann',
        age: 30,
        minimum: 18,
        active: true,
        born: new Date('1994-02-03T00:00:00Z'),
        tags: ['red', 'blue'],
        numbers: new Set([1, 2]),
        homes: [new Home({ city: 'Paris', rooms: 3, len: 9 }), new Home({ city: 'Oslo', rooms: 5 })],
        home: new Home({ city: 'Oslo', len: 4 }),
        counts: { x: 1, 'y z': 2 },
        company: acme,
      })
      await mode(Person).create({ id: 2, name: 'bob', nick: 'Bobby', age: 10, minimum: 18, tags: [], homes: [] })
      await mode(Person).create({ id: 3 })
      await mode(Person).create({ id: 4, name: null, age: null, tags: null } as object)
    })

    test.each<[title: string, ask: Ask, expected: readonly number[]]>([
      ['and', (u) => u.age.gte(18).and(u.name.startsWith('A')), [1]],
      ['or', (u) => u.age.lt(18).or(u.active.eq(true)), [1, 2]],
      ['not keeps what is missing', (u) => u.age.gte(18).not(), [2, 3, 4]],
      ['a boolean by itself', (u) => u.active, [1]],
      ['eq null', (u) => u.name.eq(null), [4]],
      ['ne', (u) => u.name.ne('Ann'), [2, 3, 4]],
      ['in', (u) => u.age.in([10, 30]), [1, 2]],
      ['nin', (u) => u.age.nin([10]), [1, 3, 4]],
      ['between', (u) => u.age.between(10, u.minimum), [2]],
      ['isNull', (u) => u.name.isNull(), [3, 4]],
      ['isNull false', (u) => u.name.isNull(false), [1, 2]],
      ['lte finds nothing missing', (u) => u.age.lte(30), [1, 2]],
      ['gt of two fields', (u) => u.age.gt(u.minimum), [1]],
      ['lt of two fields', (u) => u.age.lt(u.minimum), [2]],
      ['lte of what is missing on both sides', (u) => u.age.lte(u.home.rooms), []],
      ['gte of what is missing on the right', (u) => u.age.gte(u.home.rooms), []],
      ['eq of two fields', (u) => u.name.eq(u.nick), [1]],
      ['ne of two fields', (u) => u.name.ne(u.nick), [2, 3, 4]],
      ['startsWith of two fields', (u) => u.nick.startsWith(u.name), [1]],
      ['iStartsWith of two fields', (u) => u.nick.iStartsWith(u.name), [1, 2]],
      ['matches', (u) => u.name.matches(/^A.n$/), [1]],
      ['arithmetic', (u) => u.age.add(u.minimum).mul(2).gt(90), [1]],
      ['arithmetic with what is missing', (u) => u.age.sub(u.home.rooms).isNull(), [1, 2, 3, 4]],
      ['neg', (u) => u.age.neg().lt(-20), [1]],
      ['functions of text', (u) => u.name.lowercase().concat('!').eq('bob!'), [2]],
      ['functions of what is missing', (u) => u.name.lowercase().isNull(), [3, 4]],
      ['len', (u) => u.name.len().eq(3), [1, 2]],
      [
        'moments',
        (u) =>
          u.born
            .year()
            .eq(1994)
            .and(u.born.add(new Duration('1d')).lt(now())),
        [1],
      ],
      ['durations', (u) => now().since(u.born).days().gt(100), [1]],
      ['lists', (u) => u.tags.at(0).eq('red').and(u.tags.at(-1).eq('blue')), [1]],
      ['a list at its end, of what is missing', (u) => u.tags.at(-1).isNull(), [2, 3, 4]],
      ['elements', (u) => u.tags.contains('blue'), [1]],
      ['an element that is a field', (u) => literal('blue red').split(' ').contains(u.tags.at(0)), [1]],
      ['in a list of the record', (u) => u.tags.at(0).in(u.tags), [1]],
      ['sets', (u) => u.numbers.len().eq(2).and(u.numbers.contains(2)), [1]],
      ['set of functions', (u) => u.numbers.add(7).eq(new Set([1, 2, 7])), [1]],
      ['any', (u) => u.homes.any((h) => h.city.eq('Oslo').and(h.rooms.gt(4))), [1]],
      ['any of two different items', (u) => u.homes.any((h) => h.city.eq('Oslo').and(h.rooms.lt(4))), []],
      ['all', (u) => u.homes.all((h) => h.rooms.gte(3)), [1, 2, 3, 4]],
      ['all of texts', (u) => u.tags.any((tag) => tag.startsWith('b')), [1]],
      ['embedded', (u) => u.home.city.eq('Oslo'), [1]],
      ['a field that is called as a method is', (u) => u.home.len.eq(4), [1]],
      ['links', (u) => u.company.name.uppercase().eq('ACME').and(u.company.seat.city.eq('Rome')), [1]],
      ['records', (u) => u.company.table().eq('expressions_company'), [1]],
      ['dictionaries', (u) => u.counts.at('y z').eq(2).and(u.counts.hasKey('x')).and(u.counts.len().eq(2)), [1]],
      ['coalesce', (u) => u.age.coalesce(99).gt(50), [3, 4]],
      ['coalesce with a field', (u) => u.minimum.coalesce(u.age).eq(18), [1, 2]],
      ['when', (u) => when(u.age.gte(18), 'adult', 'minor').eq('adult'), [1]],
      ['when with fields', (u) => when(u.active, u.age, u.minimum).add(1).eq(19), [2]],
      ['a field of what when gives', (u) => when(u.active, u.home).city.eq('Oslo'), [1]],
      ['types', (u) => u.age.isNumber(), [1, 2]],
      ['hashes', (u) => u.name.md5().eq('d9aad9d8ca4fb8f9ab6cd3ccc1bbc59d').not().and(u.name.isText()), [1, 2]],
      ['random', (u) => random.int(1, 6).between(1, 6).and(u.age.gt(20)), [1]],
      ['id', (u) => u.id.in([1, 2]).and(u.id.gt(1)), [2]],
      ['F', () => F('age').gt(F('minimum')), [1]],
    ])('%s', async (_, ask, expected) => {
      expect(await keys(ask)).toEqual(expected)
    })

    test('F in filters', async () => {
      const found = async (filter: object) =>
        (await mode(Person.objects.filter(filter as never).orderBy('id')).all()).map(({ id }) => id.id)
      expect(await found({ age__gt: F('minimum') })).toEqual([1])
      expect(await found({ age__lt: F('minimum').add(1) })).toEqual([2])
      expect(await found({ age__lte: F('home__rooms') })).toEqual([])
      expect(await found({ name: F('nick') })).toEqual([1])
      expect(await found({ age__between: [F('minimum'), 40] })).toEqual([1])
      expect(await found({ tags__0__in: F('tags') })).toEqual([1])
    })

    describe('update()', () => {
      const ages = async () => (await mode(Person.objects.orderBy('id').pluck('age')).all()) as unknown[]

      test('works out what it is told', async () => {
        expect(await mode(Person.objects.filter({ id__in: [1, 2, 3] })).update({ age: F('age').add(1) })).toBe(3)
        expect(await ages()).toEqual([31, 11, undefined, null])
        await mode(Person.objects.filter({ id__in: [1, 2] })).update((u) => ({ age: u.age.sub(1) }))
        expect(await ages()).toEqual([30, 10, undefined, null])
        await mode(Person.objects.filter({ id: 3 })).update({ nick: F('id').toText(), born: now() })
        const [third] = await mode(Person.objects.filter({ id: 3 })).all()
        expect(third?.nick).toBe('expressions_person:3')
        expect(third?.born?.getTime()).toBeGreaterThan(Date.now() - 60_000)
        await mode(Person.objects.filter({ id: 3 })).update({ nick: undefined, born: undefined })
      })
    })
  },
  ['mem', 'ws'],
)

@Collection('expressions_counter')
class Counter extends Document<Counter>() {
  @IntField({ required: true }) n!: number
}

everywhere(
  'increments at the same time',
  ({ mode }) => {
    test('100 of them are all counted', async () => {
      await mode(Counter).defineTable()
      const counter = await mode(Counter).create({ n: 0 })
      const one = Counter.objects.filter({ id: counter.id })
      await Promise.all(Array.from({ length: 100 }, () => one.update({ n: F('n').add(1) })))
      expect((await mode(one).get()).n).toBe(100)
    })
  },
  ['mem', 'ws'],
)
