import { expect, test } from '@jest/globals'
import {
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  Incoming,
  IntField,
  ListField,
  LookupError,
  RecordId,
  ReferenceField,
  SetField,
  SoftDelete,
  StringField,
  type Connection,
  type Ref,
} from '../../src/index.js'
import { sentQueries } from '../support/sent-queries.js'
import { everywhere } from '../support/everywhere.js'

@Collection('paths_person')
class Person extends SoftDelete(Document<Person>()) {
  @StringField() name?: string
}

@Collection('paths_company')
class Company extends Document<Company>() {
  @StringField() name?: string
  @ReferenceField(() => Person) owner?: Ref<Person>
  @SetField(ReferenceField(() => Person)) staff?: Set<Ref<Person>>
}

@Embeddable()
class Item extends EmbeddedDocument<Item>() {
  @StringField() article?: string
  @ReferenceField(() => Company, { dbField: 'made by' }) maker?: Ref<Company>
}

@Embeddable()
class Place extends EmbeddedDocument<Place>() {
  @ReferenceField(() => Company) shop?: Ref<Company>
}

@Collection('paths_order')
class Order extends Document<Order>() {
  @IntField() rank?: number
  @ReferenceField(() => Company) seller?: Ref<Company>
  @SetField(ReferenceField(() => Person)) buyers?: Set<Ref<Person>>
  @EmbeddedField(() => Place, { dbField: 'where' }) place?: Place
  @ListField(EmbeddedField(() => Item)) items?: Item[]
}

const person = (key: string): RecordId => new RecordId('paths_person', key)
const company = (key: string): RecordId => new RecordId('paths_company', key)
const nameOf = (value: unknown): unknown => (value instanceof RecordId ? String(value) : (value as Person).name)

everywhere(
  'prefetch and fetch by paths',
  (place) => {
    const { mode } = place

    const countOf = async (connection: Connection, work: () => unknown): Promise<number> =>
      (await sentQueries(connection, work)).length

    test('50 parents with links inside of documents, lists and sets are two round trips, and one more for each further link', async () => {
      for (const model of [Person, Company, Order]) await mode(model).defineTable()
      await mode(Person.objects).bulkCreate(['ann', 'bob', 'cay'].map((id) => ({ id, name: id.toUpperCase() })))
      await mode(Company.objects).bulkCreate([
        { id: 'acme', name: 'Acme', owner: person('ann'), staff: new Set([person('bob'), person('gone')]) },
        { id: 'bolt', name: 'Bolt', owner: person('bob') },
      ])
      await mode(Order.objects).bulkCreate(
        Array.from({ length: 50 }, (_, rank) => ({
          id: rank,
          rank,
          seller: company(rank % 2 ? 'acme' : 'bolt'),
          buyers: new Set([person('ann'), person('cay'), person('gone')]),
          place: new Place({ shop: company('acme') }),
          items: [
            new Item({ article: 'a', maker: company('bolt') }),
            new Item({ article: 'b', maker: company('gone') }),
            new Item({ article: 'c' }),
          ],
        })),
      )
      const all = Order.objects.orderBy('rank')
      const near = all.prefetch('seller', 'buyers', 'place__shop', 'items__maker')
      let found: readonly object[] = []
      expect(await countOf(place.connection, async () => (found = await mode(near).all()))).toBe(2)
      const orders = found as Awaited<typeof near>
      expect(orders).toHaveLength(50)
      expect(orders.map(({ seller }) => nameOf(seller))).toEqual(orders.map((_, rank) => (rank % 2 ? 'Acme' : 'Bolt')))
      const { buyers, place: where, items, isDirty } = orders[7]!
      expect([...buyers!].map(nameOf).sort()).toEqual(['ANN', 'CAY', 'paths_person:gone'])
      expect(where).toBeInstanceOf(Place)
      expect(where!.shop!.name).toBe('Acme')
      expect(items!.map((item) => item.maker && nameOf(item.maker))).toEqual(['Bolt', 'paths_company:gone', undefined])
      expect(isDirty).toBe(false)

      const far = all.limit(50).prefetch('seller__owner', 'seller__staff', 'items__maker__owner')
      expect(await countOf(place.connection, async () => (found = await mode(far).all()))).toBe(3)
      const [, second] = found as Awaited<typeof far>
      expect(second!.seller!.owner!.name).toBe('ANN')
      expect([...second!.seller!.staff!].map(nameOf).sort()).toEqual(['BOB', 'paths_person:gone'])
      expect(second!.items![0]!.maker!.owner!.name).toBe('BOB')
    })

    test('what was loaded in place is saved as ids, and changes are noticed', async () => {
      const order = await mode(Order.objects.prefetch('buyers', 'place__shop', 'items__maker').filter({ id: 3 })).get()
      order.rank = 33
      await mode(order).save()
      order.buyers!.delete([...order.buyers!].find((each) => each.name === 'CAY')!)
      expect(order.isDirty).toBe(true)
      await mode(order).save()
      const stored = await mode(Order).get(3)
      expect([...stored.buyers!].map(String).sort()).toEqual(['paths_person:ann', 'paths_person:gone'])
      expect(stored.place!.shop).toEqual(company('acme'))
      expect(stored.items![0]!.maker).toEqual(company('bolt'))
    })

    test('querysets say which, at the end of a path and on the way', async () => {
      const one = Order.objects.filter({ id: 1 })
      const named = await mode(
        one.prefetch({
          items__maker: Company.objects.only('name'),
          seller__owner: Person.objects.filter({ name: 'BOB' }),
        }),
      ).get()
      expect(named.items!.map((item) => item.maker && nameOf(item.maker))).toEqual([
        'Bolt',
        'paths_company:gone',
        undefined,
      ])
      expect(nameOf((named.seller as Company).name)).toBeUndefined()
      expect((named.seller as Company).owner).toEqual(person('ann'))
      const both = await mode(one.prefetch({ seller: Company.objects.only('owner') }).prefetch('seller__owner')).get()
      expect((both.seller as unknown as Company).name).toBeUndefined()
      expect(nameOf((both.seller as unknown as Company).owner)).toBe('ANN')
    })

    test('what links back may do so from inside of documents and lists; so many for each', async () => {
      const orders = Order.objects.orderBy('-rank').limit(2)
      const companies = Company.objects.orderBy('name').prefetch({
        made: Incoming(orders.values('rank'), 'items__maker'),
        shown: Incoming(orders, 'place__shop'),
      })
      let found: readonly object[] = []
      expect(await countOf(place.connection, async () => (found = await mode(companies).all()))).toBe(2)
      const [acme, bolt] = found as Awaited<typeof companies>
      expect(acme!.made).toEqual([])
      expect(bolt!.made).toEqual([{ rank: 49 }, { rank: 48 }])
      expect(acme!.shown.map(({ rank }) => rank)).toEqual([49, 48])
      expect(bolt!.shown).toEqual([])
      const people = Person.objects
        .filter({ id__in: ['ann', 'bob'] })
        .orderBy('name')
        .prefetch({
          works: Incoming(Company.objects, 'staff'),
          bought: Incoming(Order.objects.limit(1).orderBy('rank'), 'buyers'),
        })
      const [ann, bob] = await mode(people).all()
      expect(ann!.bought.map(({ rank }) => rank)).toEqual([0])
      expect(bob!.works.map(({ name }) => name)).toEqual(['Acme'])
      expect(bob!.bought).toEqual([])
      const sold = await mode(
        Order.objects
          .filter({ id: 1 })
          .prefetch({ seller__sold: Incoming(Order.objects.orderBy('rank').limit(3), 'seller') }),
      ).get()
      expect((sold.seller as unknown as { sold: Order[] }).sold.map(({ rank }) => rank)).toEqual([1, 5, 7])
    })

    test('plain rows, pages and streams have it, too', async () => {
      const one = Order.objects.filter({ id__in: [1, 2] }).orderBy('rank')
      const [plain] = await mode(
        one.values('place', 'items__0__maker', 'buyers').prefetch('place__shop', 'buyers'),
      ).all()
      expect(nameOf(plain!.place!.shop)).toBe('Acme')
      expect([...plain!.buyers!].map(nameOf).sort()).toEqual(['ANN', 'CAY', 'paths_person:gone'])
      const [flat] = await mode(one.values('place__shop').prefetch('place__shop')).all()
      expect(nameOf(flat!.place__shop)).toBe('Acme')
      const page = await mode(one.prefetch('place__shop')).cursor({ first: 1 })
      expect(nameOf(page.items[0]!.place!.shop)).toBe('Acme')
      const numbered = await mode(one.prefetch('seller')).paginate({ page: 2, perPage: 1 })
      expect(nameOf(numbered.items[0]!.seller)).toBe('Bolt')
      const names: unknown[] = []
      for await (const { seller } of mode(one.prefetch('seller')).iterate({ batchSize: 1 })) names.push(nameOf(seller))
      expect(names).toEqual(['Acme', 'Bolt'])
      const made = Incoming(Order.objects, 'seller')
      const refused = Company.objects.values('name').prefetch({ made })
      await expect((async () => mode(refused).cursor({ first: 1 }))()).rejects.toThrow(LookupError)
      await expect((async () => mode(refused).paginate({ perPage: 1 }))()).rejects.toThrow(LookupError)
    })

    test('fetch() follows links in sets, and on beyond them, with what is marked as deleted', async () => {
      const one = Order.objects.filter({ id: 1 })
      const fetched = await mode(one.fetch('buyers', 'seller')).get()
      expect([...fetched.buyers!].map(nameOf).sort()).toEqual(['ANN', 'CAY', 'paths_person:gone'])
      expect(nameOf(fetched.seller)).toBe('Acme')
      const beyond = await mode(one.fetch('seller__owner').fetch('seller__staff')).get()
      expect(nameOf(beyond.seller!.owner)).toBe('ANN')
      expect([...beyond.seller!.staff!].map(nameOf).sort()).toEqual(['BOB', 'paths_person:gone'])
      await mode(await mode(Person).get('cay')).delete()
      expect([...(await mode(one.fetch('buyers')).get()).buyers!].map(nameOf)).toContain('CAY')
      expect([...(await mode(one.prefetch('buyers')).get()).buyers!].map(nameOf)).toContain('paths_person:cay')
    })

    test('refuses paths that lead to no link', () => {
      for (const work of [
        () => Order.objects.prefetch('place' as never),
        () => Order.objects.prefetch('place__nope' as never),
        () => Order.objects.prefetch('seller__name' as never),
        () => Order.objects.prefetch({ seller__owner: Company.objects } as never),
        () => Order.objects.prefetch({ place__mine: Incoming(Order.objects, 'seller') } as never),
        () => Order.objects.prefetch({ seller__name: Incoming(Order.objects, 'seller') } as never),
        () => Person.objects.prefetch({ orders: Incoming(Order.objects, 'seller__owner') }),
        () => Person.objects.prefetch({ orders: Incoming(Order.objects, 'items__maker') }),
      ])
        expect(work).toThrow(LookupError)
    })
  },
  ['mem', 'ws'],
)
