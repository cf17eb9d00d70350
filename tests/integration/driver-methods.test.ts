import { expect, test } from '@jest/globals'
import {
  BoundExcluded,
  BoundIncluded,
  createConnection,
  LookupError,
  RecordId,
  RecordIdRange,
  SchemaError,
  Table,
  UniqueViolationError,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'

interface Person {
  name: string
  age?: number
  address?: { city?: string; zip?: string }
}

let tables = 0

everywhere('the methods of the driver', (place) => {
  const { mode } = place
  /** A table of its own for each test: its name, and its record ids. */
  const freshTable = (): readonly [string, (key: string | number) => RecordId] => {
    const name = `driver_${++tables}`
    return [name, (key) => new RecordId(name, key)]
  }
  test('create, select and delete one record', async () => {
    const database = mode(place.connection)
    const [, id] = freshTable()
    expect(await database.create<Person>(id('ann'), { name: 'Ann' })).toEqual({ id: id('ann'), name: 'Ann' })
    expect(await database.create(id(1))).toEqual({ id: id(1) })
    expect(await database.select<Person>(id('ann'))).toEqual({ id: id('ann'), name: 'Ann' })
    expect(await database.select(id('1'))).toBeUndefined()
    expect(await database.delete<Person>(id('ann'))).toEqual({ id: id('ann'), name: 'Ann' })
    expect(await database.delete(id('ann'))).toBeUndefined()
    expect(await database.select(id('ann'))).toBeUndefined()
  })

  test('create, select and delete the records of a table', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    const [created] = await database.create<Person>(table, { name: 'Ann' })
    expect(created).toEqual({ id: expect.any(RecordId), name: 'Ann' })
    expect(await database.create<Person>(new Table(table), { id: 'bob', name: 'Bob' })).toEqual([
      { id: id('bob'), name: 'Bob' },
    ])
    expect(await database.select(table)).toHaveLength(2)
    expect(await database.select(new Table(table))).toHaveLength(2)
    expect(await database.delete(table)).toHaveLength(2)
    expect(await database.select(table)).toEqual([])
    expect(await database.delete(table)).toEqual([])
  })

  test('a range of records', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    await database.insert(
      table,
      [1, 2, 3, 4].map((key) => ({ id: key, n: key })),
    )
    const range = new RecordIdRange(table, new BoundIncluded(2), new BoundExcluded(4))
    expect(await database.select(range)).toEqual([
      { id: id(2), n: 2 },
      { id: id(3), n: 3 },
    ])
    expect(await database.merge(range, { seen: true })).toHaveLength(2)
    expect(await database.update(range, { n: 9 })).toEqual([
      { id: id(2), n: 9 },
      { id: id(3), n: 9 },
    ])
    expect(await database.upsert(range, { n: 8 })).toHaveLength(2)
    expect(await database.delete(new RecordIdRange(table, undefined, new BoundIncluded(2)))).toHaveLength(2)
    expect(await database.select(new RecordIdRange(table, undefined, undefined))).toHaveLength(2)
    expect(await database.upsert(new RecordIdRange(table, new BoundIncluded(50), undefined), { n: 1 })).toEqual([])
    expect(await errorOf(() => database.create(range as never))).toMatchObject({ code: 'INVALID_VALUE' })
  })

  test('insert one, many, with whole ids, none', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    const [other, otherId] = freshTable()
    expect(await database.insert(table, { id: 'ann', name: 'Ann' })).toEqual([{ id: id('ann'), name: 'Ann' }])
    expect(await database.insert<Person>(table, [{ id: id('bob'), name: 'Bob' }, { name: 'Cy' }])).toHaveLength(2)
    expect(await database.insert([{ id: id('dan') }, { id: otherId('rex') }])).toEqual([
      { id: id('dan') },
      { id: otherId('rex') },
    ])
    expect(await database.insert({ id: otherId('tom'), name: 'Tom' })).toEqual([{ id: otherId('tom'), name: 'Tom' }])
    expect(await database.insert(table, [])).toEqual([])
    expect(await database.select(table)).toHaveLength(4)
    const twice = await errorOf(() => database.insert(other, [{ id: 'new' }, { id: 'rex' }]))
    expect(twice).toMatchObject({ code: 'RECORD_EXISTS' })
    expect(await database.select(other)).toHaveLength(2)
  })

  test('update replaces, merge adds, upsert creates', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    await database.create(id(1), { name: 'Ann', age: 1, address: { city: 'Rome', zip: '1' }, tags: ['a', 'b'] })
    expect(await database.merge<Person>(id(1), { age: undefined, address: { city: 'Paris' } })).toEqual({
      id: id(1),
      name: 'Ann',
      address: { city: 'Paris', zip: '1' },
      tags: ['a', 'b'],
    })
    expect(await database.merge(id(1), { tags: ['c'], name: null })).toMatchObject({ tags: ['c'], name: null })
    expect(await database.update<Person>(id(1), { name: 'Ann' })).toEqual({ id: id(1), name: 'Ann' })
    expect(await database.update(id(1))).toEqual({ id: id(1), name: 'Ann' })
    expect(await database.update(id(1), {})).toEqual({ id: id(1) })
    expect(await database.upsert(id(1), { n: 1 })).toEqual({ id: id(1), n: 1 })
    expect(await database.upsert(id(2), { n: 2 })).toEqual({ id: id(2), n: 2 })
    expect(await database.upsert(id(3))).toEqual({ id: id(3) })
    expect(await database.upsert(table, { n: 4 })).toEqual([{ id: expect.any(RecordId), n: 4 }])
    expect(await database.merge(table, { m: 1 })).toHaveLength(4)
    expect(await database.update(table, { m: 2 })).toHaveLength(4)
  })

  test('what is not there is not written: undefined, or an empty list', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    await place.connection.query(`DEFINE TABLE ${table}`)
    expect(await database.update(id(1), { n: 1 })).toBeUndefined()
    expect(await database.merge(id(1), { n: 1 })).toBeUndefined()
    expect(await database.patch(id(1), [{ op: 'add', path: '/n', value: 1 }])).toBeUndefined()
    expect(await database.update(table, { n: 1 })).toEqual([])
    expect(await database.select(table)).toEqual([])
  })

  test('patch: every operation, all or none', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    await database.create(id(1), { name: 'Ann', tags: ['a'], old: 1, text: 'the cat' })
    const changed = await database.patch(id(1), [
      { op: 'test', path: '/name', value: 'Ann' },
      { op: 'add', path: '/tags/-', value: 'b' },
      { op: 'replace', path: '/name', value: 'Anna' },
      { op: 'copy', from: '/tags', path: '/labels' },
      { op: 'move', from: '/old', path: '/new' },
      { op: 'remove', path: '/new' },
      { op: 'change', path: '/text', value: '@@ -1,7 +1,7 @@\n the \n-c\n+h\n at\n' },
      { op: 'add', path: '/home', value: { at: id(2) } },
    ])
    const expected = { name: 'Anna', tags: ['a', 'b'], labels: ['a', 'b'], text: 'the hat', home: { at: id(2) } }
    expect(changed).toEqual({ id: id(1), ...expected })
    expect(await database.patch(table, [])).toEqual([changed])
    const untrue = await errorOf(() =>
      database.patch(id(1), [
        { op: 'remove', path: '/name' },
        { op: 'test', path: '/text', value: 'secret' },
      ]),
    )
    expect(untrue).toMatchObject({ code: 'DATABASE_ERROR', message: expect.stringContaining('does not hold') })
    expect((untrue as Error).message).not.toContain('secret')
    expect(await errorOf(() => database.patch(id(1), [{ op: 'none' } as never]))).toMatchObject({
      code: 'DATABASE_ERROR',
    })
    expect(await database.select(id(1))).toEqual(changed)
  })

  test('relate two records, many, and with an id', async () => {
    const database = mode(place.connection)
    const [people, id] = freshTable()
    const [likes, edgeId] = freshTable()
    await database.insert(people, [{ id: 1 }, { id: 2 }, { id: 3 }])
    expect(await database.relate<{ since: number }>(id(1), likes, id(2), { since: 1 })).toEqual({
      id: expect.any(RecordId),
      in: id(1),
      out: id(2),
      since: 1,
    })
    expect(await database.relate(id(1), new Table(likes), id(3))).toMatchObject({ in: id(1), out: id(3) })
    const named = await database.relate(id(2), edgeId('x'), id(3), { since: 2 })
    expect(named).toEqual({ id: edgeId('x'), in: id(2), out: id(3), since: 2 })
    expect(await database.relate(id(2), edgeId('x'), id(3), { since: 3 })).toEqual({ ...named, since: 3 })
    expect(await errorOf(() => database.relate(id(2), edgeId('x'), id(1)))).toBeInstanceOf(SchemaError)
    const many = await database.relate([id(1), id(2)], likes, [id(1), id(2)], { since: 4 })
    expect(many.map((edge) => [edge.in.id, edge.out.id])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ])
    expect(await database.relate([], likes, id(1))).toEqual([])
    expect(await database.delete(id(3))).toEqual({ id: id(3) })
    expect(await database.select(likes)).toHaveLength(5)
  })

  test('insertRelation', async () => {
    const database = mode(place.connection)
    const [, id] = freshTable()
    const [likes, edgeId] = freshTable()
    await database.create(id(1))
    expect(await database.insertRelation(likes, { in: id(1), out: id(2), n: 1 })).toEqual([
      { id: expect.any(RecordId), in: id(1), out: id(2), n: 1 },
    ])
    const edges = await database.insertRelation<{ n: number }>(new Table(likes), [
      { id: 'x', in: id(1), out: id(3), n: 2 },
      { in: id(2), out: id(3) },
    ])
    expect(edges[0]).toEqual({ id: edgeId('x'), in: id(1), out: id(3), n: 2 })
    expect(await database.select(likes)).toHaveLength(3)
    expect(await database.query(`SELECT VALUE ->${likes}.out FROM $id`, { id: id(1) })).toEqual([
      [expect.arrayContaining([id(2), id(3)])],
    ])
    expect(await database.insertRelation(likes, [])).toEqual([])
    // the engine's own: an edge that is there is given back as it is
    expect(await database.insertRelation(likes, { id: 'x', in: id(1), out: id(3), n: 5 })).toEqual([edges[0]])
    expect(await errorOf(() => database.insertRelation(likes, { n: 1 } as never))).toMatchObject({
      code: 'DATABASE_ERROR',
    })
  })

  test('run calls functions', async () => {
    const database = mode(place.connection)
    await database.query(
      'DEFINE FUNCTION OVERWRITE fn::driver::add($a: int, $b: option<int>) { RETURN $a + ($b ?? 1) }',
    )
    expect(await database.run<number>('fn::driver::add', [40, 2])).toBe(42)
    expect(await database.run('fn::driver::add', [40])).toBe(41)
    expect(await database.run('math::max', [[1, 3, 2]])).toBe(3)
    expect(await database.run('string::uppercase', ["it's"])).toBe("IT'S")
    expect(await database.run('session::db')).toBe(place.connection.database)
    expect(await errorOf(() => database.run('fn::driver::none'))).toMatchObject({ code: 'DATABASE_ERROR' })
    expect(await errorOf(() => database.run('no::such'))).toMatchObject({ code: 'INVALID_QUERY' })
    expect(await errorOf(() => database.run('fn::driver::add', ['x']))).toMatchObject({ code: 'DATABASE_ERROR' })
    expect(await errorOf(() => database.run('time::now(); DELETE x'))).toMatchObject({ code: 'INVALID_VALUE' })
    expect(await errorOf(() => database.run('ml::driver', [], '1.0.0'))).toMatchObject({ code: 'DATABASE_ERROR' })
  })

  test('version and info', async () => {
    const database = mode(place.connection)
    expect(await database.version()).toEqual({ version: place.connection.serverVersion })
    expect(await database.info()).toBeUndefined()
  })

  test('a table that does not exist', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    const missing = { code: 'DATABASE_ERROR', kind: 'NotFound.Table' }
    const runs = [
      () => database.select(table),
      () => database.select(id(1)),
      () => database.select(new RecordIdRange(table, undefined, undefined)),
      () => database.update(id(1), {}),
      () => database.merge(table, {}),
      () => database.patch(id(1), []),
      () => database.delete(id(1)),
    ]
    for (const run of runs) expect(await errorOf(run)).toMatchObject(missing)
    expect(await database.upsert(id(1), {})).toEqual({ id: id(1) })
  })

  test('errors: an id that is taken, another id, a schema, a text that looks like an id', async () => {
    const database = mode(place.connection)
    const [table, id] = freshTable()
    await database.query(`DEFINE TABLE ${table} SCHEMAFULL; DEFINE FIELD age ON ${table} TYPE int`)
    await database.create(id(1), { age: 1 })
    const taken = await errorOf(() => database.create(id(1), { age: 2 }))
    expect(taken).toBeInstanceOf(UniqueViolationError)
    expect(taken).toMatchObject({ code: 'RECORD_EXISTS' })
    expect(await errorOf(() => database.update(id(1), { id: id(2), age: 1 }))).toMatchObject({ field: 'id' })
    expect(await errorOf(() => database.merge(id(1), { age: 'old' }))).toMatchObject({ field: 'age' })
    expect(await errorOf(() => database.create(table, { age: 1, extra: 1 }))).toBeInstanceOf(SchemaError)
    expect(await errorOf(() => database.merge(id(1), id(2)))).toMatchObject({ code: 'DATABASE_ERROR' })
    expect(await errorOf(() => database.select(`${table}:1`))).toBeInstanceOf(LookupError)
    expect(await database.select(table)).toEqual([{ id: id(1), age: 1 }])
  })

  test('names that would break out of a text', async () => {
    const database = mode(place.connection)
    const name = "a `b` ⟨c⟩ 'd'; REMOVE TABLE x -- "
    const id = new RecordId(name, "'; --")
    expect(await database.create(id, { n: 1 })).toEqual({ id, n: 1 })
    expect(await database.select(name)).toEqual([{ id, n: 1 }])
    expect(await database.relate(id, name, id)).toMatchObject({ in: id, out: id })
  })
})

everywhere(
  'a signed-in record user',
  (place) => {
    const { mode } = place

    test('info() is their record; what they may not do is undefined, not an error', async () => {
      await place.connection.query(
        `DEFINE TABLE driver_account PERMISSIONS FOR select WHERE id = $auth.id FOR create, update, delete NONE;
         DEFINE FIELD email ON driver_account;
         DEFINE ACCESS account ON DATABASE TYPE RECORD SIGNIN (SELECT * FROM driver_account WHERE email = $email);
         CREATE driver_account:ann SET email = 'ann@x'; CREATE driver_account:bob SET email = 'bob@x'`,
      )
      const { namespace, database } = place.connection
      const credentials = { NS: namespace, DB: database, AC: 'account', email: 'ann@x' }
      await place.connection.request({ method: 'signin', params: [credentials] })
      const id = new RecordId('driver_account', 'ann')
      const user = mode(place.connection)
      expect(await user.info<{ email: string }>()).toEqual({ id, email: 'ann@x' })
      expect(await user.select('driver_account')).toHaveLength(1)
      expect(await user.create(new RecordId('driver_account', 'cy'), {})).toBeUndefined()
      expect(await user.update(id, { email: 'x' })).toBeUndefined()
      expect(await user.delete(id)).toBeUndefined()
      expect(await user.create('driver_account', {})).toEqual([])
    })
  },
  ['mem', 'ws'],
)

test('a call before connect() is refused', async () => {
  const connection = createConnection({ url: 'mem://', namespace: 'n', database: 'd', name: 'driver-methods-never' })
  await expect(connection.select('person')).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  expect(() => connection.versionSync()).toThrow(expect.objectContaining({ code: 'NOT_CONNECTED' }))
  await connection.close()
})
