import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { jest, afterEach, expect, test } from '@jest/globals'
import {
  AnyField,
  Avg,
  BoundExcluded,
  BoundIncluded,
  DateTime,
  Decimal,
  Duration,
  GeometryLine,
  GeometryPoint,
  Range,
  RecordId,
  Uuid,
  Collection,
  Count,
  createConnection,
  DatabaseError,
  DictField,
  Document,
  Incoming,
  IntField,
  ListField,
  LookupError,
  MemoryStore,
  ReferenceField,
  StringField,
  surql,
  Table,
  withConnection,
  type Connection,
  type Ref,
  type Tokens,
} from '../../src/index.js'
import { sentQueries } from '../support/sent-queries.js'
import { everywhere } from '../support/everywhere.js'
import { removeDirectory } from '../support/remove-directory.js'
import { inMemory } from '../support/in-memory.js'
import { errorOf, transact } from '../support/transact.js'

@Collection('cached_company')
class Company extends Document<Company>() {
  @StringField({ required: true }) name!: string
}

@Collection('cached_person')
class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField() age?: number
  @ListField(StringField()) tags?: string[]
  @DictField(IntField()) scores?: Record<string, number>
  @ReferenceField(() => Company) company?: Ref<Company>
}

@Collection('cached_other')
class Other extends Document<Other>() {
  @StringField() name?: string
}

@Collection('cached_anything')
class Anything extends Document<Anything>() {
  @AnyField() value?: unknown
}

@Collection('cached_secret')
class Secret extends Document<Secret>() {
  @StringField() name?: string
}

afterEach(() => void jest.restoreAllMocks())

/** How many queries `work` sends. */
async function sent(connection: Connection, work: () => unknown): Promise<number> {
  return (await sentQueries(connection, work)).length
}

everywhere(
  'cached results',
  (place) => {
    const { mode } = place
    const people = () => Person.objects.orderBy('name').cache({ ttl: 600_000 })
    const fresh = async (): Promise<void> => {
      await mode(Person.objects.allowAll()).delete()
      await mode(Company.objects.allowAll()).delete()
      // a table that is not there is an error, which is not kept
      await mode(Other.objects).upsert({ id: 'one', name: 'One' })
      const acme = await mode(Company).create({ id: 'acme', name: 'Acme' })
      await mode(Person.objects).bulkCreate([
        { id: 'ann', name: 'Ann', age: 30, tags: ['a'], scores: { x: 1 }, company: acme },
        { id: 'bob', name: 'Bob', age: 20 },
      ])
    }
    const isRead = async (again: () => unknown): Promise<boolean> => (await sent(place.connection, again)) > 0

    test('every read is one round trip the first time, and none again, in the other mode too', async () => {
      await fresh()
      const reads: readonly [string, () => unknown][] = [
        ['all', () => mode(people()).all()],
        ['first', () => mode(people()).first()],
        ['last', () => mode(people()).last()],
        ['get', () => mode(people().filter({ name: 'Ann' })).get()],
        ['getOrNull', () => mode(people().filter({ name: 'Cid' })).getOrNull()],
        ['count', () => mode(people()).count()],
        ['exists', () => mode(people().filter({ age: 30 })).exists()],
        ['values', () => mode(people().values('name', 'company__name')).all()],
        ['pluck', () => mode(people().pluck('age')).all()],
        ['distinct', () => mode(people().pluck('age').distinct().orderBy('age')).all()],
        ['aggregate', () => mode(people()).aggregate({ people: Count(), mean: Avg('age') })],
        ['sum', () => mode(people()).sum('age')],
        ['groupBy', () => mode(people().groupBy('age').aggregate({ people: Count() })).all()],
        ['paginate', () => mode(people()).paginate({ perPage: 1 })],
        ['cursor', () => mode(people()).cursor({ first: 1 })],
        ['inBulk', () => mode(Person.objects.cache()).inBulk(['ann', 'bob'])],
        ['fetch', () => mode(people().fetch('company')).all()],
        ['prefetch', () => mode(people().prefetch('company')).all()],
        [
          'incoming',
          () => mode(Company.objects.cache().prefetch({ staff: Incoming(Person.objects, 'company') })).all(),
        ],
      ]
      for (const [name, read] of reads) {
        let first: unknown
        let again: unknown
        const isFirst = await isRead(async () => (first = await read()))
        const isAgain = await isRead(async () => (again = await read()))
        assert.deepEqual([name, isFirst, isAgain], [name, true, false])
        assert.deepEqual(again, first, name)
      }
      const [one, other] = [await people().all(), people().allSync()]
      expect(one.map(({ name }) => name)).toEqual(other.map(({ name }) => name))
      expect(await isRead(() => people().all())).toBe(false)
      expect(await isRead(() => people().allSync())).toBe(false)
    })

    test('without cache(), and with what is for writing or for much, the database is asked', async () => {
      await fresh()
      await mode(people()).all()
      expect(await isRead(() => mode(Person.objects.orderBy('name')).all())).toBe(true)
      expect(await isRead(() => mode(people()).explain())).toBe(true)
      expect(await isRead(() => mode(people()).explain())).toBe(true)
      expect(await isRead(() => mode(Person.objects.cache()).raw(surql`SELECT * FROM cached_person`))).toBe(true)
      for (let turn = 0; turn < 2; turn++)
        expect(await isRead(() => Person.objects.cache().iterateSync().next())).toBe(true)
      const cached = Person.objects.cache()
      const { document, created } = await mode(cached).getOrCreate({ name: 'Cid' }, { age: 1 })
      expect([document.name, created]).toEqual(['Cid', true])
      expect((await mode(cached).getOrCreate({ name: 'Cid' })).created).toBe(false)
    })

    test('two readers never share a value', async () => {
      await fresh()
      const [ann] = await mode(people()).all()
      const [same] = await mode(people()).all()
      expect(same).not.toBe(ann)
      ann!.tags!.push('changed')
      ann!.scores!['x'] = 7
      ann!.name = 'changed'
      const [again] = await mode(people()).all()
      expect(again!.toObject()).toEqual(same!.toObject())
      const plain = people().values('tags', 'scores')
      const [row] = await mode(plain).all()
      row!.tags!.push('changed')
      row!.scores!['x'] = 7
      expect((await mode(plain).all())[0]).toEqual({ tags: ['a'], scores: { x: 1 } })
    })

    test('a document of a cached read is saved like any other', async () => {
      await fresh()
      await mode(people()).all()
      const [ann] = await mode(people()).all()
      ann!.age = 31
      await mode(ann!).save()
      expect((await mode(people()).all())[0]!.age).toBe(31)
      await mode(ann!).delete()
      expect((await mode(people()).all()).map(({ name }) => name)).toEqual(['Bob'])
    })

    test('every way of writing a table ends what was read of it, and nothing else', async () => {
      await fresh()
      const [ann] = await mode(Person.objects.filter({ name: 'Ann' })).all()
      const writes: readonly [string, () => unknown][] = [
        ['create', () => mode(Person).create({ name: 'Cid' })],
        ['save', () => mode(Object.assign(ann!, { age: 33 })).save()],
        ['update', () => mode(ann!).update({ age: 34 })],
        ['updateMany', () => mode(Person.objects.filter({ name: 'Bob' })).update({ age: 5 })],
        ['bulkCreate', () => mode(Person.objects).bulkCreate([{ name: 'Dan' }])],
        ['bulkUpdate', () => mode(Person.objects).bulkUpdate([Object.assign(ann!, { age: 35 })])],
        ['upsert', () => mode(Person.objects).upsert({ id: 'eve', name: 'Eve' })],
        ['updateOrCreate', () => mode(Person.objects).updateOrCreate({ name: 'Eve' }, { update: { age: 3 } })],
        ['deleteMany', () => mode(Person.objects.filter({ name: 'Eve' })).delete()],
        ['query', () => mode(place.connection).query('UPDATE cached_person SET age += 1')],
        ['driver method', () => mode(place.connection).create(new Table('cached_person'), { name: 'Fay' })],
        ['delete', () => mode(ann!).delete()],
      ]
      await mode(Other.objects.cache()).all()
      for (const [name, write] of writes) {
        await mode(people()).all()
        await write()
        const expected = (await mode(Person.objects.orderBy('name')).all()).map((one) => one.toObject())
        const found = (await mode(people()).all()).map((one) => one.toObject())
        assert.deepEqual(found, expected, name)
        if (name === 'deleteMany') expect(await isRead(() => mode(Other.objects.cache()).all())).toBe(false)
      }
    })

    test('links that are followed count, and so do those that are loaded along', async () => {
      await fresh()
      const named = people().values('name', 'company__name')
      const behind = people().prefetch('company')
      const own = people().values('name')
      for (const each of [named, behind, own]) await mode(each).all()
      await mode(Company.objects.filter({ name: 'Acme' })).update({ name: 'Bcme' })
      expect((await mode(named).all())[0]!.company__name).toBe('Bcme')
      expect((await mode(behind).all())[0]!.company).toMatchObject({ name: 'Bcme' })
      expect(await isRead(() => mode(own).all())).toBe(false)
    })

    test('a query that reads is no write, by its text', async () => {
      await fresh()
      await mode(people()).all()
      await mode(place.connection).query('SELECT * FROM cached_person WHERE age > $age', { age: 1 })
      await mode(place.connection).select(new Table('cached_person'))
      expect(await isRead(() => mode(people()).all())).toBe(false)
    })

    test('what the client of the driver writes is seen', async () => {
      await fresh()
      const driver = await place.connection.driver()
      await mode(people()).all()
      await driver.select(new Table('cached_person'))
      expect(await isRead(() => mode(people()).all())).toBe(false)
      await driver.query("CREATE cached_person SET name = 'Zoe'")
      expect((await mode(people()).all()).at(-1)!.name).toBe('Zoe')
    })

    test('a transaction reads the database, and its writes count once they are committed', async () => {
      await fresh()
      await mode(people()).all()
      await transact(place, function* () {
        const [ann] = (yield mode(people()).all()) as Person[]
        ann!.age = 40
        yield mode(ann!).save()
        expect(((yield mode(people()).all()) as Person[])[0]!.age).toBe(40)
        return undefined
      })
      expect((await mode(people()).all())[0]!.age).toBe(40)
    })

    test('what is not committed changes nothing', async () => {
      await fresh()
      const cancelled = transact(place, function* () {
        yield mode(Person.objects.filter({ name: 'Ann' })).update({ age: 99 })
        yield mode(people()).all()
        throw new RangeError('no')
      })
      await expect(cancelled).rejects.toThrow(RangeError)
      expect((await mode(people()).all())[0]!.age).toBe(30)
    })

    test('a tag, a table, or everything can be made old', async () => {
      await fresh()
      const tagged = people().cache({ ttl: '10m', tag: 'front page' })
      const both = async (): Promise<boolean[]> => [
        await isRead(() => mode(tagged).all()),
        await isRead(() => mode(people()).all()),
      ]
      expect(await both()).toEqual([true, true])
      expect(await both()).toEqual([false, false])
      place.connection.cache.invalidate({ tag: 'front page' })
      expect(await both()).toEqual([true, false])
      place.connection.cache.invalidate('cached_other')
      Other.objects.invalidateCache()
      expect(await both()).toEqual([false, false])
      place.connection.cache.invalidate(new Table('cached_person'))
      expect(await both()).toEqual([true, true])
      Person.objects.invalidateCache()
      expect(await both()).toEqual([true, true])
      place.connection.cache.clear()
      expect(await both()).toEqual([true, true])
      expect(await both()).toEqual([false, false])
    })

    test('a result is good for its time, and no longer', async () => {
      await fresh()
      const now = Date.now()
      const clock = jest.spyOn(Date, 'now').mockReturnValue(now)
      const short = people().cache({ ttl: 5000 })
      await mode(short).all()
      clock.mockReturnValue(now + 4999)
      expect(await isRead(() => mode(short).all())).toBe(false)
      clock.mockReturnValue(now + 5000)
      expect(await isRead(() => mode(short).all())).toBe(true)
      const usual = Other.objects.cache()
      await mode(usual).all()
      clock.mockReturnValue(now + 5000 + 59_999)
      expect(await isRead(() => mode(usual).all())).toBe(false)
      clock.mockReturnValue(now + 5000 + 60_000)
      expect(await isRead(() => mode(usual).all())).toBe(true)
    })

    test('an error is no result', async () => {
      await mode(place.connection).query('DEFINE FIELD OVERWRITE name ON cached_other TYPE any')
      await mode(Other.objects.allowAll()).delete()
      const broken = Other.objects
        .cache()
        .where((other) => other.name.len().gt(1))
        .timeout('1s')
        .limit(1)
      const spies = [jest.spyOn(place.connection, 'execute'), jest.spyOn(place.connection, 'executeSync')]
      for (const spy of spies)
        spy.mockImplementationOnce(() => {
          throw new DatabaseError('DATABASE_ERROR', 'once')
        })
      expect(await errorOf((async () => await mode(broken).all())())).toBeInstanceOf(DatabaseError)
      expect(await mode(broken).all()).toEqual([])
    })

    test('the session is a part of the question', async () => {
      await fresh()
      const { connection } = place
      await mode(people()).all()
      await mode(connection).let('tenant', 'a')
      expect(await isRead(() => mode(people()).all())).toBe(true)
      await mode(connection).let('tenant', 'b')
      expect(await isRead(() => mode(people()).all())).toBe(true)
      await mode(connection).let('tenant', 'a')
      expect(await isRead(() => mode(people()).all())).toBe(false)
      await mode(connection).unset('tenant')
      expect(await isRead(() => mode(people()).all())).toBe(false)
      const driver = await connection.driver()
      await driver.set('tenant', 'c')
      expect(await isRead(() => mode(people()).all())).toBe(true)
      await driver.unset('tenant')
    })
  },
  ['mem', 'ws'],
)

everywhere(
  'cached results of several users',
  (place) => {
    test('no user is shown the rows of another one', async () => {
      const { connection, mode } = place
      await mode(connection).query(`
        DEFINE TABLE cached_secret SCHEMALESS PERMISSIONS FOR select WHERE owner = $auth.id FOR create FULL;
        DEFINE TABLE cached_account SCHEMALESS PERMISSIONS FULL;
        DEFINE ACCESS account ON DATABASE TYPE RECORD SIGNUP (CREATE cached_account SET name = $name);
        CREATE cached_account:nobody`)
      const options = { url: place.url, namespace: connection.namespace, database: connection.database }
      const guest =
        place.scheme === 'mem'
          ? connection
          : await createConnection({ ...options, name: `guest-${place.scheme}-${place.modeName}` }).connect()
      const users: { token: Tokens; name: string }[] = []
      for (const name of ['ann', 'bob']) {
        const token = await mode(guest).signup({ access: 'account', variables: { name } })
        await guest.query('CREATE cached_secret SET owner = $auth.id, name = $name', { name })
        users.push({ token, name })
      }
      const names = Secret.objects.using(guest).pluck('name')
      for (const { token, name } of [...users, ...users]) {
        await mode(guest).authenticate(token)
        expect(await mode(names.cache()).all()).toEqual([name])
      }
      if (guest !== connection) await guest.close()
    })
  },
  ['mem', 'ws', 'http'],
)

everywhere(
  'cached results of several databases',
  (place) => {
    test('are never mixed up, whenever another database is chosen', async () => {
      const { connection, mode } = place
      const { namespace, database } = connection
      const other = `${database}-other`
      await connection.query(`DEFINE DATABASE IF NOT EXISTS \`${other}\``)
      for (const name of [database, other]) {
        await mode(connection).use({ namespace, database: name })
        await connection.query('CREATE cached_other:one SET name = $name', { name })
      }
      const names = Other.objects.pluck('name')
      const hits = connection.cache.hits
      for (let turn = 0; turn < 12; turn++) {
        const cached = names.cache({ tag: `${Math.floor(turn / 4)}` })
        const chosen = turn % 2 ? database : other
        // it may be read of either, while one follows the other
        await Promise.all([cached.all(), connection.use({ database: chosen }), cached.all()])
        assert.deepEqual(await mode(cached).all(), [chosen])
      }
      expect(connection.cache.hits).toBeGreaterThan(hits)
      await connection.use({ database })
    })
  },
  ['mem', 'ws', 'http'],
)

test('a read that was under way during a write is not kept, and one that begins behind it is', async () => {
  const connection = await inMemory('cache-races', { makeDefault: true }).connect()
  await Person.create({ id: 'ann', name: 'Ann', age: 1 })
  const execute = connection.execute.bind(connection)
  const spy = jest.spyOn(connection, 'execute')
  let arrived = (): void => {}
  const answered = new Promise<void>((resolve) => (arrived = resolve))
  // the answer comes, and reaches the reader after the write
  let open = (): void => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  spy.mockImplementationOnce(async (...values) => {
    const answer = await execute(...values)
    arrived()
    await gate
    return answer
  })
  const all = Person.objects.cache()
  const early = all.all()
  await answered
  await Person.objects.filter({ name: 'Ann' }).update({ age: 2 })
  open()
  expect((await early)[0]!.age).toBe(1)
  expect((await all.all())[0]!.age).toBe(2)
  expect(connection.cache.hits).toBe(0)
  expect((await all.all())[0]!.age).toBe(2)
  expect(connection.cache.hits).toBe(1)
  await connection.close()
})

test('equal reads of one moment are one round trip, and each reader gets documents of its own', async () => {
  const connection = await inMemory('cache-at-once', { makeDefault: true }).connect()
  await Person.create({ name: 'Ann', tags: ['a'] })
  const cached = Person.objects.cache()
  const execute = jest.spyOn(connection, 'execute')
  const people = (await Promise.all(Array.from({ length: 20 }, () => cached.all()))).map(([person]) => person!)
  expect(execute).toHaveBeenCalledTimes(1)
  expect([connection.cache.hits, connection.cache.misses]).toEqual([19, 1])
  people[0]!.tags!.push('b')
  expect(people.slice(1).map(({ tags }) => tags)).toEqual(Array.from({ length: 19 }, () => ['a']))
  // a blocking read cannot wait, and what was written since is another question
  connection.cache.clear()
  const early = cached.all()
  expect(cached.allSync()).toHaveLength(1)
  const written = Person.create({ name: 'Bob' }).then(() => cached.count())
  expect([(await early).length, await written]).toEqual([1, 2])
  // each has an error of its own, or an answer
  execute.mockClear()
  execute.mockRejectedValueOnce(new DatabaseError('UNEXPECTED_RESPONSE', 'once'))
  connection.cache.clear()
  const results = await Promise.allSettled([cached.first(), cached.first(), cached.first()])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(execute).toHaveBeenCalledTimes(3)
  await connection.close()
})

test('what was asked by one session and answered to the next is not kept', async () => {
  const connection = await inMemory('cache-sessions', { makeDefault: true }).connect()
  const options = { namespace: connection.namespace, database: connection.database }
  await connection.use({ database: 'empty' })
  await Person.defineTable()
  await connection.use(options)
  await Person.create({ name: 'Ann' })
  const names = () => Person.objects.cache().pluck('name').all()
  const execute = connection.execute.bind(connection)
  jest.spyOn(connection, 'execute').mockImplementationOnce(async (...values) => {
    await connection.use({ database: 'empty' })
    return await execute(...values)
  })
  expect(await names()).toEqual([])
  await connection.use(options)
  expect(await names()).toEqual(['Ann'])
  // while it is being changed, nobody knows whose it is
  const change = connection.use(options)
  expect(await names()).toEqual(['Ann'])
  await change
  expect(connection.cache.hits).toBe(0)
  expect(await names()).toEqual(['Ann'])
  expect(connection.cache.hits).toBe(1)
  await connection.close()
})

test('values of every kind come out of the cache as they went in', async () => {
  const connection = await inMemory('cache-values', { makeDefault: true }).connect()
  const point = new GeometryPoint([1.5, -2])
  const value = {
    nothing: undefined,
    none: null,
    numbers: [0, 1.5, -7, Number.MAX_SAFE_INTEGER, 2n ** 62n, Infinity, -Infinity, NaN, new Decimal('1.10')],
    texts: ['', 'é😀', true, false],
    times: [
      new DateTime('1902-03-04T05:06:07.123456789Z'),
      new DateTime('2024-01-02T03:04:05.6Z'),
      new Duration('1h5ns'),
    ],
    ids: [new RecordId('a', 1), new RecordId('a', ['x', { y: 2 }]), new Uuid('018f4e3e-1111-7000-8000-000000000000')],
    places: [point, new GeometryLine([point, new GeometryPoint([3, 4])])],
    others: [new Uint8Array([1, 2, 255]), new Set([1, 2]), new Range(new BoundIncluded(1), new BoundExcluded(5))],
    inside: { a: [{ b: {} }, []] },
  }
  await Anything.create({ id: 'one', value })
  const cached = Anything.objects.cache().values('value')
  const [first, again] = [await cached.all(), cached.allSync()]
  expect(connection.cache.hits).toBe(1)
  expect(again).toStrictEqual(first)
  assert.equal(inspect(again, { depth: null }), inspect(first, { depth: null }))
  await connection.close()
})

test('one connection sees what another one of this process writes to the same place', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
  const options = { url: `surrealkv://${directory}`, namespace: 'app', database: 'main' }
  const one = await createConnection({ ...options, name: 'cache-one' }).connect()
  const two = await createConnection({ ...options, name: 'cache-two' }).connect()
  const names = () => withConnection(one, () => Person.objects.cache().pluck('name').all())
  expect(await names()).toEqual([])
  await withConnection(two, () => Person.create({ name: 'Ann' }))
  expect(await names()).toEqual(['Ann'])
  await one.close()
  await two.close()
  await removeDirectory(directory)
})

test('a store of the user is used by both modes, and shared by connections without mixing them up', async () => {
  const store = new Map<string, Uint8Array>()
  const one = await inMemory('cache-store-one', { cache: { store } }).connect()
  const two = await inMemory('cache-store-two', { cache: { store } }).connect()
  const all = (connection: Connection) => Person.objects.using(connection).cache()
  await withConnection(one, () => Person.create({ name: 'Ann' }))
  await withConnection(two, () => Person.defineTable())
  expect(await all(one).pluck('name').all()).toEqual(['Ann'])
  expect(await all(two).pluck('name').all()).toEqual([])
  expect(all(one).pluck('name').allSync()).toEqual(['Ann'])
  expect([one.cache.hits, one.cache.misses, store.size]).toEqual([1, 1, 2])
  one.cache.clear()
  expect(store.size).toBe(0)
  await one.close()
  await two.close()
})

test('a cache that is switched off keeps nothing, and one that is small keeps little', async () => {
  const off = await inMemory('cache-off', { cache: false }).connect()
  const store = new MemoryStore({ maxBytes: 1 })
  const small = await inMemory('cache-small', { cache: { store } }).connect()
  for (const connection of [off, small]) {
    await withConnection(connection, () => Person.create({ name: 'Ann' }))
    for (let turn = 0; turn < 2; turn++) expect(await Person.objects.using(connection).cache().count()).toBe(1)
    expect(connection.cache.hits).toBe(0)
    connection.cache.clear()
    await connection.close()
  }
})

test('what is no time, or no tag, is refused before anything is sent', () => {
  expect(() => Person.objects.cache({ ttl: 0 })).toThrow('Person: cache(): must be a positive number of milliseconds')
  expect(() => Person.objects.cache({ tag: '' })).toThrow(LookupError)
  expect(() => inMemory('cache-tag').cache.invalidate({ tag: '' })).toThrow('invalidate() takes a tag that is text')
})
