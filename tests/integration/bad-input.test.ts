import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as everything from '../../src/index.js'
import {
  Collection,
  ConfigurationError,
  createConnection,
  Document,
  IntField,
  LookupError,
  ModelDefinitionError,
  StringField,
  ValidationError,
  type Connection,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { everywhere } from '../support/everywhere.js'
import { MODES } from '../support/modes.js'

@Collection('bad_input_person')
class Person extends Document<Person>() {
  @StringField() name?: string
  @IntField() age?: number
}

class Undecorated extends Document<Undecorated>() {
  @StringField() name?: string
}

const SECRET = 'a-very-secret-value'

describe.each(['async', 'sync'] as const)('bad input (%s)', (modeName) => {
  const mode = MODES[modeName]
  let connection: Connection

  beforeAll(async () => {
    const name = `bad-input-${modeName}`
    connection = createConnection({ url: 'mem://', namespace: 'test', database: name, name, makeDefault: true })
    await mode(connection).connect()
  })
  afterAll(() => mode(connection).close())

  test.each<[string, object, string]>([
    ['an unknown scheme', { url: 'postgres://x' }, 'UNKNOWN_SCHEME'],
    ['no namespace', { url: 'mem://', namespace: undefined }, 'INVALID_OPTION'],
    ['no database', { url: 'mem://', database: undefined }, 'INVALID_OPTION'],
    ['an empty url', { url: '' }, 'UNKNOWN_SCHEME'],
    ['a url without a path', { url: 'surrealkv://' }, 'INVALID_OPTION'],
    ['a url that cannot be read', { url: 'ws://' }, 'INVALID_OPTION'],
    ['an unknown option', { url: 'mem://', nmae: 'x' }, 'INVALID_OPTION'],
    ['a timeout that is none', { url: 'mem://', timeout: 'soon' }, 'INVALID_OPTION'],
    ['a timeout of 0', { url: 'mem://', timeout: 0 }, 'INVALID_OPTION'],
    ['a user without a password', { url: 'mem://', username: 'root' }, 'INVALID_OPTION'],
    ['a user and a token', { url: 'mem://', username: 'u', password: SECRET, token: 't' }, 'INVALID_OPTION'],
  ])('%s is a ConfigurationError', async (_, options, code) => {
    const all = { namespace: 'n', database: 'd', name: 'never', ...options }
    const error = await errorOf(() => createConnection(all as never))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error.code).toBe(code)
    expect(error.message).not.toContain(SECRET)
  })

  test('connecting twice, and a name that is taken', async () => {
    expect(await errorOf(() => mode(connection).connect())).toMatchObject({ code: 'ALREADY_CONNECTED' })
    const again = { url: 'mem://', namespace: 'n', database: 'd', name: connection.name }
    expect(await errorOf(() => createConnection(again))).toMatchObject({ code: 'CONNECTION_NAME_TAKEN' })
  })

  test('a call before connect() and after close()', async () => {
    const other = createConnection({ url: 'mem://', namespace: 'n', database: 'd', name: `other-${modeName}` })
    expect(await errorOf(() => mode(other).query('RETURN 1'))).toMatchObject({ code: 'NOT_CONNECTED' })
    expect(await errorOf(() => mode(Person.objects.using(other)).all())).toMatchObject({ code: 'NOT_CONNECTED' })
    await mode(other).connect()
    expect(await mode(other).query('RETURN 1')).toEqual([1])
    await mode(other).close()
    await mode(other).close()
    expect(await errorOf(() => mode(other).query('RETURN 1'))).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await errorOf(() => mode(other).connect())).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await errorOf(() => mode(Person).create({}, { connection: other }))).toMatchObject({
      code: 'CONNECTION_CLOSED',
    })
  })

  test('a connection that is not there', async () => {
    const error = await errorOf(() => mode(Person).create({}, { connection: 'nowhere' }))
    expect(error).toMatchObject({ code: 'CONNECTION_NOT_FOUND' })
    expect(error.message).toContain('"nowhere"')
  })

  test('an undecorated class', async () => {
    for (const run of [() => new Undecorated(), () => Undecorated.objects, () => mode(Undecorated).get('x')]) {
      const error = await errorOf(run)
      expect(error).toBeInstanceOf(ModelDefinitionError)
      expect(error).toMatchObject({ code: 'MODEL_NOT_DECORATED' })
      expect(error.message).toContain('Undecorated')
    }
  })

  test('two models on one table, and other definitions that cannot work', async () => {
    const define = (decorate: (target: never) => unknown, body: () => abstract new () => object) => () =>
      decorate(body() as never)
    const model = (fields: Record<string, unknown>) => () => {
      class Model extends Document<Model>() {}
      for (const [name, field] of Object.entries(fields))
        (field as (target: object, key: string) => void)(Model.prototype, name)
      return Model
    }
    const cases: readonly (readonly [() => unknown, string])[] = [
      [define(Collection('bad_input_person'), model({})), 'TABLE_TAKEN'],
      [define(Collection('bad_input_1'), model({ save: StringField() })), 'INVALID_MODEL'],
      [define(Collection('bad_input_2'), model({ a__b: StringField() })), 'INVALID_MODEL'],
      [
        define(Collection('bad_input_3'), model({ a: StringField({ dbField: 'x' }), x: StringField() })),
        'INVALID_MODEL',
      ],
      [define(Collection('bad_input_4'), model({ a: StringField({ dbField: 'id' }) })), 'INVALID_MODEL'],
      [define(Collection(''), model({})), 'INVALID_MODEL'],
      [define(Collection('bad_input_5'), () => class {}), 'INVALID_MODEL'],
      [() => StringField({ minLength: 5, maxLength: 1 }), 'INVALID_FIELD_OPTION'],
      [() => IntField({ min: 5, max: 1 }), 'INVALID_FIELD_OPTION'],
    ]
    for (const [run, code] of cases) expect(await errorOf(run)).toMatchObject({ code })
  })

  test('an unknown field in the constructor', async () => {
    const error = await errorOf(() => new Person({ name: SECRET, nmae: SECRET } as never))
    expect(error).toBeInstanceOf(ValidationError)
    expect((error as ValidationError).issues).toEqual([
      { path: ['nmae'], code: 'unknown_field', message: 'is no field of Person; fields: name, age' },
    ])
  })

  test('values of the wrong kind', async () => {
    for (const [fields, path] of [
      [{ age: SECRET }, 'age'],
      [{ age: 1.5 }, 'age'],
      [{ age: 2 ** 53 + 2 }, 'age'],
      [{ age: 2n ** 63n }, 'age'],
      [{ name: 5 }, 'name'],
      [{ name: () => SECRET }, 'name'],
      [{ id: 1.5 }, 'id'],
    ] as const) {
      const error = await errorOf(async () => mode(Person).create(fields as never))
      expect(error).toBeInstanceOf(ValidationError)
      expect((error as ValidationError).issues[0]!.path).toEqual([path])
      expect(error.message).not.toContain(SECRET)
    }
    expect(await mode(Person.objects).count()).toBe(0)
  })

  test.each<[string, object, string]>([
    ['an unknown field', { nope: 1 }, 'UNKNOWN_FIELD'],
    ['an unknown lookup', { age__gtee: 1 }, 'UNKNOWN_LOOKUP'],
    ['a lookup of another kind of field', { age__startswith: 'x' }, 'UNKNOWN_LOOKUP'],
    ['a lookup behind a lookup', { age__gt__lt: 1 }, 'UNKNOWN_LOOKUP'],
    ['a name of every object', { constructor: 1 }, 'UNKNOWN_FIELD'],
    ['a lookup of every object', { name__toString: 'x' }, 'UNKNOWN_LOOKUP'],
    ['undefined', { age: undefined }, 'UNDEFINED_VALUE'],
    ['undefined in a list', { age__in: [1, undefined] }, 'INVALID_VALUE'],
    ['a value of the wrong kind', { age: SECRET }, 'INVALID_VALUE'],
    ['something else than a list', { age__in: 5 }, 'INVALID_VALUE'],
    ['something else than true or false', { age__isnull: 'yes' }, 'INVALID_VALUE'],
    ['an operator from elsewhere', { age: { $gt: 0 } }, 'INVALID_VALUE'],
  ])('%s in a filter', async (_, filter, code) => {
    for (const run of [() => Person.objects.filter(filter as never), () => Person.objects.exclude(filter as never)]) {
      const error = await errorOf(run)
      expect(error).toBeInstanceOf(LookupError)
      expect(error.code).toBe(code)
      expect(error.message).toContain('Person')
      expect(error.message).not.toContain(SECRET)
    }
  })

  test('other queries that cannot be', async () => {
    expect(await errorOf(() => Person.objects.filter(5 as never))).toMatchObject({ code: 'INVALID_VALUE' })
    expect(await errorOf(() => Person.objects.orderBy('nope' as never))).toMatchObject({ code: 'UNKNOWN_FIELD' })
    expect(await errorOf(() => Person.objects.limit(-1))).toMatchObject({ code: 'INVALID_VALUE' })
    expect(await errorOf(() => Person.objects.limit(NaN))).toMatchObject({ code: 'INVALID_VALUE' })
    expect(await errorOf(() => Person.objects.start(1.5))).toMatchObject({ code: 'INVALID_VALUE' })
    expect(await errorOf(() => mode(Person.objects).delete())).toMatchObject({ code: 'UNFILTERED_WRITE' })
    const some = Person.objects.filter({ age: 1 })
    expect(await errorOf(() => mode(some).update({ nope: 1 } as never))).toMatchObject({ code: 'UNKNOWN_FIELD' })
    expect(await errorOf(() => mode(some).update({ id: 'x' } as never))).toMatchObject({ code: 'UNKNOWN_FIELD' })
    expect(await errorOf(() => mode(some).update({ age: SECRET } as never))).toBeInstanceOf(ValidationError)
    expect(await errorOf(() => mode(Person.objects).bulkCreate([{ age: 'x' } as never]))).toBeInstanceOf(
      ValidationError,
    )
  })

  test('values that cannot be sent', async () => {
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    for (const value of [
      () => 1,
      Symbol('x'),
      /x/,
      new Error('x'),
      Promise.resolve(),
      2n ** 64n,
      new Float32Array(2),
      cyclic,
      1e300,
    ]) {
      const error = await errorOf(() => mode(connection).query('RETURN $value', { value }))
      expect(error).toBeInstanceOf(ValidationError)
      expect(await mode(connection).query('RETURN 1')).toEqual([1])
    }
    expect(await errorOf(() => mode(connection).query('RETURN 1', [] as never))).toMatchObject({
      code: 'INVALID_VALUE',
    })
    expect(await errorOf(() => mode(connection).query('SELECT * FRM x'))).toMatchObject({ code: 'INVALID_QUERY' })
  })
  test('what is no text, no function, no connection and no event is told so by name, and nothing is sent', async () => {
    const on = mode(connection)
    const none = undefined as never
    const given: (() => unknown)[] = [
      () => on.query(none),
      () => on.query(5 as never),
      () => on.kill('a number' as never),
      () => on.use(none),
      () => on.transaction(none),
      () => on.transaction(5 as never),
      () => mode(everything).withConnection(none, () => 1),
      () => mode(everything).withConnection(5 as never, () => 1),
      () => mode(everything).withConnection(connection, none),
      () => mode(Person.objects.using(5 as never)).count(),
      () => connection.on('conected' as never, () => {}),
      () => connection.on('query', none),
    ]
    const sent: unknown[] = []
    const stop = connection.on('query', (event) => void sent.push(event))
    for (const run of given) {
      const error = await errorOf(run)
      expect([String(run), error.name, error.code]).toEqual([String(run), 'LookupError', 'INVALID_VALUE'])
    }
    expect(await errorOf(() => on.authenticate(none))).toMatchObject({ code: 'INVALID_OPTION' })
    expect(sent).toEqual([])
    stop()
  })
})

everywhere(
  'a request that the database cannot read',
  (place) => {
    test('is no lost connection: nothing of it ran, and it is not made again', async () => {
      const { connection, mode } = place
      const retries: unknown[] = []
      connection.on('retry', (event) => void retries.push(event))
      const request = { method: 'query', params: ['CREATE unread'], txn: 'no transaction' }
      await expect(async () => mode(connection).request(request)).rejects.toMatchObject({ code: 'INVALID_QUERY' })
      expect(connection.status).toBe('connected')
      expect(retries).toEqual([])
      expect(await mode(connection).query('DEFINE TABLE unread; RETURN count(SELECT * FROM unread)')).toEqual([
        undefined,
        0,
      ])
    })
  },
  // over http it is a status
  ['mem', 'surrealkv', 'ws'],
)
