import { beforeAll, expect, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  Collection,
  Document,
  F,
  IntField,
  LookupError,
  random,
  ReferenceField,
  StringField,
  type CursorOptions,
  type CursorPage,
  type Page,
  type PageOptions,
  type QuerySet,
  type Ref,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'
import { transact } from '../support/transact.js'

@Collection('pages_team')
class Team extends Document<Team>() {
  @StringField() name?: string
}

@Collection('pages_person')
class Person extends Document<Person>() {
  @StringField() name?: string
  @IntField({ index: true }) age?: number | null
  @StringField({ unique: true }) email?: string
  @ReferenceField(() => Team) team?: Ref<Team>
}

@Collection('pages_item')
class Item extends Document<Item>() {
  @IntField() place?: number
}

@Collection('pages_moving')
class Moving extends Document<Moving>() {
  @IntField() place?: number
}

@Collection('pages_nobody')
class Nobody extends Document<Nobody>() {}

/** 23 people of the ages 0 to 4, or none; every third has an address. */
const PEOPLE = Array.from({ length: 23 }, (_, index) => ({
  id: index,
  name: `n${index % 3}`,
  ...(index % 6 < 5 && { age: index % 6 }),
  ...(index % 3 === 0 && { email: `${String(index).padStart(2, '0')}@example.com` }),
  team: index % 2 === 0 ? 'odd' : 'even',
}))

everywhere(
  'pages',
  (place) => {
    const { mode } = place
    const ids = (people: readonly { readonly id: { readonly id: unknown } }[]): unknown[] =>
      people.map(({ id }) => id.id)

    beforeAll(async () => {
      await mode(Team).defineTable()
      await mode(Person).defineTable()
      const teams = {
        odd: await mode(Team).create({ id: 'odd', name: 'Z' }),
        even: await mode(Team).create({ id: 'even', name: 'A' }),
      }
      await mode(Person.objects).bulkCreate(PEOPLE.map((each) => ({ ...each, team: teams[each.team as 'odd'] })))
    })

    test('a numbered page tells what there is besides it', async () => {
      const pages = []
      for (let page = 1; page <= 4; page++)
        pages.push(await mode(Person.objects.orderBy('id')).paginate({ page, perPage: 10 }))
      expect(pages.map(({ items }) => items.length)).toEqual([10, 10, 3, 0])
      expect(ids(pages.flatMap(({ items }) => items))).toEqual(PEOPLE.map(({ id }) => id))
      expect(pages.map(({ items: _items, ...rest }) => rest)).toEqual([
        { total: 23, page: 1, perPage: 10, pages: 3, hasNext: true, hasPrevious: false },
        { total: 23, page: 2, perPage: 10, pages: 3, hasNext: true, hasPrevious: true },
        { total: 23, page: 3, perPage: 10, pages: 3, hasNext: false, hasPrevious: true },
        { total: 23, page: 4, perPage: 10, pages: 3, hasNext: false, hasPrevious: true },
      ])
    })

    test('a numbered page is one round trip', async () => {
      let queries = 0
      const stop = place.connection.on('query', () => queries++)
      await mode(Person.objects.filter({ age__gte: 2 })).paginate({ page: 1, perPage: 3 })
      await mode(Person.objects.filter({ age__gte: 2 }).orderBy('-age')).cursor({ first: 3 })
      stop()
      expect(queries).toBe(2)
    })

    test('a page of a slice is a page of that', async () => {
      const slice = Person.objects.orderBy('-id').start(2).limit(5)
      const { items, ...page } = await mode(slice).paginate({ page: 2, perPage: 3 })
      expect([ids(items), page.total, page.pages, page.hasNext]).toEqual([[17, 16], 5, 2, false])
    })

    test('equal records come in the order of their ids', async () => {
      const { items } = await mode(Person.objects.orderBy('-name')).paginate({ perPage: 9 })
      expect(ids(items)).toEqual([2, 5, 8, 11, 14, 17, 20, 1, 4])
    })

    test('an order by what is unique has the records without a value', async () => {
      const { items } = await mode(Person.objects.orderBy('email')).paginate({ perPage: 17 })
      expect(ids(items)).toEqual([1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 0, 3])
      expect(await mode(Person.objects.orderBy('email', 'id')).all()).toHaveLength(23)
    })

    test('no table, no rows', async () => {
      const nothing = { items: [], hasNext: false, hasPrevious: false }
      expect(await mode(Nobody.objects).paginate({ perPage: 5 })).toMatchObject({ ...nothing, total: 0, pages: 0 })
      expect(await mode(Nobody.objects).cursor({ first: 5 })).toEqual({
        ...nothing,
        startCursor: null,
        endCursor: null,
      })
      expect(await iterated(Nobody.objects)).toEqual([])
    })

    test('cursors go through links, and through every form of row', async () => {
      const people = Person.objects.orderBy('team__name', '-age').values('name', 'team__name')
      const whole = await mode(people.orderBy('team__name', '-age', 'id')).all()
      const found = []
      let after: string | null = null
      do {
        const page: { items: unknown[]; endCursor: string | null; hasNext: boolean } = await mode(people).cursor({
          first: 4,
          after,
        })
        found.push(...page.items)
        after = page.endCursor
        if (!page.hasNext) break
      } while (after)
      expect(found).toEqual(whole)
      expect(found.map((each) => (each as { team__name: unknown }).team__name)).toEqual([
        ...PEOPLE.filter(({ team }) => team === 'even').map(() => 'A'),
        ...PEOPLE.filter(({ team }) => team === 'odd').map(() => 'Z'),
      ])
      const last = await mode(Person.objects.orderBy('id').pluck('id')).cursor({ last: 2 })
      expect(last.items.map((id) => id.id)).toEqual([21, 22])
      const only = await mode(Person.objects.only('name')).cursor({ first: 1 })
      expect(only.items[0]!).toMatchObject({ name: 'n0' })
    })

    test('a cursor stays where it is, whatever is inserted or deleted', async () => {
      await mode(Item.objects.allowAll()).delete()
      await mode(Item.objects).bulkCreate(
        [1, 2, 3, 4, 5, 6].map((place) => ({ id: place, place: Math.ceil(place / 2) })),
      )
      const items = Item.objects.orderBy('place')
      const first = await mode(items).cursor({ first: 3 })
      expect([ids(first.items), first.hasPrevious, first.hasNext]).toEqual([[1, 2, 3], false, true])
      await mode(Item.objects.filter({ id__in: [1, 3, 4] })).delete()
      await mode(Item.objects).bulkCreate([
        { id: 0, place: 0 },
        { id: 9, place: 2 },
      ])
      const second = await mode(items).cursor({ first: 3, after: first.endCursor })
      expect([ids(second.items), second.hasPrevious, second.hasNext]).toEqual([[9, 5, 6], true, false])
      const back = await mode(items).cursor({ last: 3, before: second.startCursor })
      expect([ids(back.items), back.hasPrevious, back.hasNext]).toEqual([[0, 2], false, true])
      const empty = await mode(items).cursor({ first: 3, after: second.endCursor })
      expect(empty).toEqual({ items: [], startCursor: null, endCursor: null, hasNext: false, hasPrevious: true })
    })

    test.each<readonly [what: string, work: (cursor: string) => unknown]>([
      ['no text', () => mode(Person.objects).cursor({ first: 1, after: 7 as never })],
      ['an empty text', () => mode(Person.objects).cursor({ first: 1, after: '' })],
      ['no base64', () => mode(Person.objects).cursor({ first: 1, after: '£$%' })],
      ['another byte', (cursor) => mode(Person.objects).cursor({ first: 1, after: changed(cursor) })],
      ['another order', (cursor) => mode(Person.objects.orderBy('name')).cursor({ first: 1, after: cursor })],
      ['the opposite order', (cursor) => mode(Person.objects.orderBy('-id')).cursor({ first: 1, after: cursor })],
      ['another model', (cursor) => mode(Team.objects).cursor({ first: 1, after: cursor })],
    ])('%s is no cursor of the query', async (_, work) => {
      const { endCursor } = await mode(Person.objects).cursor({ first: 3 })
      const error = await errorOf(() => work(endCursor!))
      expect(error).toBeInstanceOf(LookupError)
      expect(error).toMatchObject({
        code: 'INVALID_VALUE',
        message: expect.stringContaining('no cursor of this query') as unknown,
      })
      expect((error as Error).message).not.toContain(endCursor!)
    })

    test.each<readonly [options: object, place: string]>([
      [{ page: 0, perPage: 5 }, 'Person: paginate({ page })'],
      [{ page: 1.5, perPage: 5 }, 'Person: paginate({ page })'],
      [{ page: NaN, perPage: 5 }, 'Person: paginate({ page })'],
      [{ page: '1', perPage: 5 }, 'Person: paginate({ page })'],
      [{ page: 1, perPage: 0 }, 'Person: paginate({ perPage })'],
      [{ page: 1 }, 'Person: paginate({ perPage })'],
    ])('paginate(%j) is a LookupError', async (options, place) => {
      const error = await errorOf(() => mode(Person.objects).paginate(options as PageOptions))
      expect(error).toBeInstanceOf(LookupError)
      expect(error).toMatchObject({ code: 'INVALID_VALUE', message: expect.stringContaining(place) as unknown })
    })

    test.each<readonly [options: object]>([
      [{}],
      [{ first: 0 }],
      [{ last: -1 }],
      [{ first: 1, last: 1 }],
      [{ first: 1, before: 'x' }],
      [{ last: 1, after: 'x' }],
    ])('cursor(%j) is a LookupError', async (options) => {
      expect(await errorOf(() => mode(Person.objects).cursor(options as CursorOptions))).toBeInstanceOf(LookupError)
    })

    test.each([
      Person.objects.orderByRandom(),
      Person.objects.split('name'),
      Person.objects.limit(3),
      Person.objects.start(3),
    ])('an order without places has no cursor: %#', async (people) => {
      expect(await errorOf(() => mode(people).cursor({ first: 1 }))).toBeInstanceOf(LookupError)
    })

    const iterated = async <Row>(
      people: { iterate: QuerySet<never, Row>['iterate'] },
      batchSize = 1000,
    ): Promise<Row[]> => {
      const found: Row[] = []
      for await (const person of mode(people).iterate({ batchSize })) found.push(person)
      return found
    }

    test.each<readonly [people: QuerySet<Person>, batchSize: number, isOrdered?: boolean]>([
      [Person.objects, 4],
      [Person.objects, 23],
      [Person.objects.filter({ age__gte: 3 }), 2],
      [Person.objects.orderBy('-id'), 5, true],
      [Person.objects.orderBy('-age', 'name', 'id'), 5, true],
      [Person.objects.orderBy('email', 'id'), 7, true],
      [Person.objects.orderBy('team__name', 'id').start(3), 4, true],
      [Person.objects.orderBy('name', 'id').start(2).limit(9), 4, true],
      [
        Person.objects.orderBy(
          (u) => u.name.slice(1).desc(),
          (u) => u.email.len(),
          'id',
        ),
        4,
        true,
      ],
      [Person.objects.orderBy((u) => u.team.name.len().desc(), '-id', { collate: true }), 6, true],
      [Person.objects.limit(0), 4],
      [Person.objects.withIndex('pages_person_age_index').filter({ age: 1 }), 2],
    ])('iterate gives what all() gives: %#', async (people, batchSize, isOrdered = false) => {
      const whole = await mode(isOrdered ? people : people.orderBy('id')).all()
      const found = await iterated(people, batchSize)
      expect(ids(found)).toEqual(ids(whole))
    })

    test('an order may go by what a function makes of each record', async () => {
      const people = Person.objects.filter({ id__lt: 6 })
      const lastFirst = people.orderBy(
        (u) => u.age.mod(3).desc(),
        (u) => u.name.len(),
        '-id',
      )
      // of ages 0 to 4, and one that is missing
      expect(ids(await mode(lastFirst).all())).toEqual([2, 4, 1, 3, 0, 5])
      expect((await mode(lastFirst).last())!.id.id).toBe(5)
      expect(await mode(lastFirst.pluck('age')).all()).toEqual([2, 4, 1, 3, 0, undefined])
      expect((await mode(lastFirst.only('name')).first())!.id.id).toBe(2)
      const twice = people.annotate({ twice: (u) => u.age.mul(2) }).orderBy((u) => u.twice.mod(3), 'id')
      expect(ids(await mode(twice).all())).toEqual([5, 0, 3, 2, 1, 4])
      const page = await mode(lastFirst).cursor({ first: 2 })
      const back = await mode(lastFirst).cursor({
        last: 3,
        before: (await mode(lastFirst).cursor({ last: 1 })).startCursor,
      })
      expect([ids(page.items), ids(back.items)]).toEqual([
        [2, 4],
        [1, 3, 0],
      ])
      expect(await mode(lastFirst.limit(2)).update({ age: F('age') })).toBe(2)
    })

    test('rows that are there once each have numbered pages, and no cursors', async () => {
      const ages = Person.objects.pluck('age').distinct()
      const pages = [1, 2, 3, 4].map((page) => ({ page, perPage: 2 }))
      const found = await Promise.all(pages.map((page) => mode(ages.orderBy('-age')).paginate(page)))
      expect(found.map(({ items }) => items)).toEqual([[4, 3], [2, 1], [0, undefined], []])
      expect(found[0]).toMatchObject({ total: 6, pages: 3, hasNext: true })
      const rows = Person.objects.values('name', 'age').distinct()
      const all = await mode(rows.orderBy('name', 'age')).all()
      const some = await Promise.all([1, 2].map((page) => mode(rows.orderBy('name')).paginate({ page, perPage: 9 })))
      expect(some.flatMap(({ items }) => items)).toEqual(all)
      expect(await errorOf(() => mode(ages).cursor({ first: 1 }))).toBeInstanceOf(LookupError)
      expect(() => ages.iterateSync()).toThrow(/distinct\(\) have no id/)
    })

    test('iterate goes through every form of row', async () => {
      expect(await iterated(Person.objects.filter({ id__lt: 3 }).pluck('name'), 2)).toEqual(['n0', 'n1', 'n2'])
      expect(await iterated(Person.objects.filter({ id__lt: 2 }).values('name'), 1)).toEqual([
        { name: 'n0' },
        { name: 'n1' },
      ])
      expect((await iterated(Person.objects.only('name').limit(1)))[0]!).toMatchObject({ name: 'n0' })
    })

    test('a URL asks for a page', async () => {
      const http = new URLSearchParams(
        'search=N&age__in=1&age__in=2&team=pages_team:odd&sort=-age,name&page=2&perPage=3',
      )
      const { queryset, page } = Person.objects.grid(http, {
        searchable: ['name', 'team__name'],
        filterable: ['age', 'team'],
        sortable: ['name', 'age'],
      })
      const { items, total } = await mode(queryset).paginate(page)
      expect([ids(items), total]).toEqual([[20], 4])
    })

    test('batches are lists', async () => {
      const sizes: number[] = []
      for await (const batch of mode(Person.objects).batches({ size: 10 })) sizes.push(batch.length)
      expect(sizes).toEqual([10, 10, 3])
    })

    test('a queryset is what for await takes, and may be left early', async () => {
      const found: unknown[] = []
      for await (const person of Person.objects.orderBy('-id')) {
        found.push(person.id.id)
        if (found.length === 2) break
      }
      expect(found).toEqual([22, 21])
      expect(await mode(Person.objects).count()).toBe(23)
    })

    test('a batch size that is none is a LookupError, before the first row is asked for', () => {
      expect(() => Person.objects.iterate({ batchSize: 0 })).toThrow(LookupError)
      expect(() => Person.objects.batchesSync({ size: 1.5 })).toThrow(LookupError)
      for (const people of [
        Person.objects.orderByRandom(),
        Person.objects.orderBy('name', () => random.float()),
        Person.objects.annotate({ dice: () => random.int(1, 6) }).orderBy('dice'),
      ])
        expect(() => people.iterateSync()).toThrow(/what is random/)
    })

    test('what is inserted and deleted meanwhile makes no row come twice', async () => {
      for (const order of [[], ['-place'], ['place']] as const) {
        await mode(Moving.objects.allowAll()).delete()
        await mode(Moving.objects).bulkCreate(Array.from({ length: 20 }, (_, id) => ({ id: id * 10, place: id % 4 })))
        const seen = new Set<unknown>()
        for await (const { id } of mode(Moving.objects.orderBy(...order)).iterate({ batchSize: 3 })) {
          assert.ok(!seen.has(id.id))
          seen.add(id.id)
          if (seen.size > 20) continue
          await mode(Moving).create({
            id: Number(id.id) + (seen.size % 10) + 1 + seen.size * 1000,
            place: seen.size % 4,
          })
          await mode(Moving.objects.filter({ id: [...seen][Math.floor(seen.size / 2)] as number })).delete()
        }
        assert.ok(seen.size >= 20)
      }
    })

    if (!place.isOldEngine)
      test('what a transaction has written has its place', async () => {
        const result = await transact(place, function* () {
          yield mode(Person).create({ id: 50, age: 2, email: 'z@example.com' })
          const page = (yield mode(Person.objects.orderBy('-age', '-id')).cursor({ first: 30 })) as CursorPage<Person>
          const people = Person.objects.filter({ id__gte: 20 }).orderBy('email')
          const found = (yield place.modeName === 'async'
            ? iterated(people, 2)
            : [...people.iterateSync({ batchSize: 2 })]) as Person[]
          const some = Person.objects.filter({ age__gte: 2 }).only('age').orderBy('-age')
          const { total, items } = (yield mode(some).paginate({ perPage: 50 })) as Page<Person>
          yield mode(Person.objects.filter({ id: 50 })).delete()
          return [page.items.length, ids(page.items).includes(50), ids(found), total, items.length]
        })
        expect(result).toEqual([24, true, [20, 22, 21, 50], 13, 13])
      })
  },
  ['mem', 'ws'],
)

/** The same text with another character in the middle. */
function changed(cursor: string): string {
  const middle = Math.floor(cursor.length / 2)
  return cursor.slice(0, middle) + (cursor[middle] === 'A' ? 'B' : 'A') + cursor.slice(middle + 1)
}
