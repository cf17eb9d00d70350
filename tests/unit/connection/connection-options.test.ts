import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  checkOptions,
  type CheckedOptions,
  type ConnectionOptions,
} from '../../../src/connection/options/connection-options.js'
import { ConfigurationError } from '../../../src/errors.js'

const app = { url: 'mem://', namespace: 'app', database: 'main' }
const server = { ...app, url: 'ws://localhost:8000' }
const RETRY = { limit: 3, initialDelay: 500, backoff: 2, maxDelay: 30_000, jitter: true }
const POOL = { max: 10, min: 0, idleTimeout: 300_000, acquireTimeout: 30_000, maxWaiting: 1000, validate: true }
const DEFAULTS: Omit<CheckedOptions, 'target'> = {
  namespace: 'app',
  database: 'main',
  name: 'default',
  makeDefault: false,
  auth: undefined,
  pool: undefined,
  retry: RETRY,
  timeout: 30_000,
  operationTimeout: 30_000,
  pingInterval: 15_000,
  pingTimeout: 10_000,
  refreshMargin: 60_000,
  slowQueryThreshold: undefined,
  queryBindings: false,
  openTelemetry: false,
  cache: { ttl: 60_000 },
}
const SERVER = { kind: 'websocket', urls: ['ws://localhost:8000/rpc'] }
const SECRET = 'sEcReT-4711'
const BEGINNING = 'The connection cannot be made from these options: '
const NOT_READABLE =
  'cannot be read; write "%" as %25, and within a name or a password "@" as %40, "/" as %2F, "?" as %3F, "#" as %23'
const NO_DURATION = "must be a positive number of milliseconds, or a duration such as '500ms' or '1m30s'"

type Environment = Readonly<Record<string, string>>
const check = (input?: unknown, environment: Environment = {}) => checkOptions(input as ConnectionOptions, environment)

function errorOf(input: unknown, environment: Environment = {}): ConfigurationError {
  try {
    check(input, environment)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** The message without what all messages begin and end with. */
function wrong(input: unknown, environment?: Environment): string {
  const { message, code } = errorOf(input, environment)
  expect(message.startsWith(BEGINNING)).toBe(true)
  expect(code).toBe('INVALID_OPTION')
  return message.slice(BEGINNING.length).replace(/\.$/, '')
}

describe('options', () => {
  it('are filled up with defaults', () => {
    expect(check(app)).toStrictEqual({ ...DEFAULTS, target: { kind: 'embedded', urls: ['mem://'] } })
  })

  it('take durations in both forms', () => {
    expect(check({ ...app, timeout: '1m30s', operationTimeout: 250, slowQueryThreshold: '1s' })).toMatchObject({
      timeout: 90_000,
      operationTimeout: 250,
      slowQueryThreshold: 1000,
    })
  })

  it('take everything at once', () => {
    const given = {
      ...server,
      name: 'primary',
      makeDefault: true,
      username: 'root',
      password: '',
      pool: { max: 5, min: 5, idleTimeout: 1, acquireTimeout: '2ms', maxWaiting: 0, validate: false },
      retry: { limit: 0, initialDelay: '1s', backoff: 1, maxDelay: '1s', jitter: false },
      timeout: 1,
      operationTimeout: 2,
      pingInterval: 3,
      pingTimeout: 4,
      refreshMargin: 5,
      slowQueryThreshold: 6,
      queryBindings: true,
      openTelemetry: true,
      cache: { ttl: '1s', maxBytes: 7 },
    }
    const { url: _url, username, password, ...rest } = given
    expect(check(given)).toStrictEqual({
      ...rest,
      pool: { ...given.pool, acquireTimeout: 2 },
      retry: { ...given.retry, initialDelay: 1000, maxDelay: 1000 },
      cache: { ttl: 1000, maxBytes: 7 },
      auth: { username, password },
      target: SERVER,
    })
  })

  it('that are undefined are not given', () => {
    const nothing = Object.fromEntries(
      ['name', 'token', 'auth', 'pool', 'retry', 'timeout'].map((key) => [key, undefined]),
    )
    expect(check({ ...server, ...nothing })).toStrictEqual(check(server))
    expect(check({ ...server, pool: { max: undefined } }).pool).toEqual(POOL)
  })

  it('are copied', () => {
    const auth = { username: 'root', password: 'a' }
    const checked = check({ ...app, auth })
    auth.password = 'b'
    expect(checked.auth).toEqual({ username: 'root', password: 'a' })
  })
})

describe('a cache', () => {
  it('is there unless it is switched off, with a store of its own or with any that can be one', () => {
    const store = new Map<string, Uint8Array>()
    expect(check({ ...app, cache: true }).cache).toEqual({ ttl: 60_000 })
    expect(check({ ...app, cache: false }).cache).toBeUndefined()
    expect(check({ ...app, cache: { ttl: 5, store } }).cache?.store).toBe(store)
    expect(check('ws://h/app/main?cache.ttl=5m&cache.maxBytes=10').cache).toEqual({ ttl: 300_000, maxBytes: 10 })
  })

  it.each([
    [7, 'cache: must be true, false, or an object of options'],
    [{ ttl: 0 }, `cache.ttl: ${NO_DURATION}`],
    [{ tll: 5 }, 'cache.tll: is no option; did you mean "ttl"?'],
    [{ maxBytes: 0 }, 'cache.maxBytes: must be at least 1'],
    [{ store: { get() {} } }, 'cache.store: must have the methods get, set, delete and clear'],
    [
      { store: new Map(), maxBytes: 5 },
      'cache.maxBytes: is for the store in memory; a store of your own has its own limits',
    ],
  ])('cannot be %j', (cache, message) => {
    expect(wrong({ ...app, cache })).toBe(message)
  })
})

describe('a pool', () => {
  it.each([
    [undefined, undefined],
    [false, undefined],
    [true, POOL],
    [{}, POOL],
    [
      { max: 20, idleTimeout: '1s' },
      { ...POOL, max: 20, idleTimeout: 1000 },
    ],
  ])('%j', (pool, limits) => {
    expect(check({ ...server, pool }).pool).toEqual(limits)
  })

  it.each([
    [7, 'pool: must be true, false, or an object of options'],
    [[], 'pool: must be true, false, or an object of options'],
    [{ max: 0 }, 'pool.max: must be at least 1'],
    [{ max: 1.5, min: -1 }, 'pool.max: must be a whole number; pool.min: must be at least 0'],
    [{ min: 11 }, 'pool.min: must not be more than max, which is 10 when not given'],
    [
      { min: 3, max: 2, mx: 1 },
      'pool.mx: is no option; did you mean "max"?; pool.min: must not be more than max, which is 10 when not given',
    ],
    [{ idleTimeout: 'soon' }, `pool.idleTimeout: ${NO_DURATION}`],
    [{ validate: 'yes' }, 'pool.validate: must be true or false'],
  ])('cannot be %j', (pool, message) => {
    expect(wrong({ ...server, pool })).toBe(message)
  })

  it.each([[app], ['surrealkv://./data?namespace=app&database=main']])('is not for a store: %j', (place) => {
    const message =
      'pool: is for servers only; this store lives in this process, where one engine serves all calls at once, and a pool would only queue them up before it'
    expect(wrong(typeof place === 'string' ? `${place}&pool.max=3` : { ...place, pool: true })).toBe(message)
    expect(check(typeof place === 'string' ? `${place}&pool=false` : { ...place, pool: false }).pool).toBeUndefined()
  })
})

describe('tries again', () => {
  it.each([
    [undefined, RETRY],
    [true, RETRY],
    [false, undefined],
    [
      { limit: 0, jitter: false },
      { ...RETRY, limit: 0, jitter: false },
    ],
  ])('%j', (retry, backoff) => {
    expect(check({ ...app, retry }).retry).toEqual(backoff)
  })

  it.each([
    ['often', 'retry: must be true, false, or an object of options'],
    [{ limit: -1 }, 'retry.limit: must be at least 0'],
    [{ limit: Infinity }, 'retry.limit: must be a whole number'],
    [{ backoff: 0.5 }, 'retry.backoff: must be at least 1'],
    [{ backoff: NaN }, 'retry.backoff: must be a number'],
    [
      { initialDelay: '1m' },
      "retry.maxDelay: must not be shorter than initialDelay; when not given they are '30s' and '500ms'",
    ],
  ])('cannot be %j', (retry, message) => {
    expect(wrong({ ...app, retry })).toBe(message)
  })
})

describe('who signs in', () => {
  const provider = () => SECRET

  it.each<[object, unknown]>([
    [
      { username: 'root', password: SECRET },
      { username: 'root', password: SECRET },
    ],
    [{ token: SECRET }, { token: SECRET }],
    [{ auth: { access: 'api', key: SECRET } }, { access: 'api', key: SECRET }],
    [{ auth: { namespace: 'app', username: 'n', password: '' } }, { namespace: 'app', username: 'n', password: '' }],
    [{ auth: provider }, provider],
    [{}, undefined],
  ])('%p', (given, auth) => {
    expect(check({ ...app, ...given }).auth).toEqual(auth)
  })

  const ONE = 'sign in by one of auth, token, or username with password'
  it.each<[object, string]>([
    [{ username: 'root' }, 'password: is missing; username and password belong together'],
    [{ password: SECRET }, 'username: is missing; username and password belong together'],
    [{ username: 7, password: SECRET }, 'username: must be a string'],
    [{ username: 'root', password: { a: SECRET } }, 'password: must be a string'],
    [{ token: { toString: null } }, 'token: must be a string'],
    [{ token: SECRET, username: 'root', password: SECRET }, `username: is given beside token; ${ONE}`],
    [{ token: SECRET, password: SECRET }, `password: is given beside token; ${ONE}`],
    [{ auth: provider, token: SECRET }, `token: is given beside auth; ${ONE}`],
    [{ auth: { username: 'root' } }, 'auth.password: is missing'],
    [
      { auth: { username: 'root', pasword: SECRET } },
      'auth.password: is missing; auth.pasword: is no option; did you mean "password"?',
    ],
    [
      { auth: { token: SECRET, key: SECRET } },
      expect.stringMatching(/^auth: mixes token, key; it must be \{/) as never,
    ],
    [{ auth: SECRET }, expect.stringMatching(/^auth: must be \{ username, password \}, /) as never],
  ])('not %p', (given, message) => {
    expect(wrong({ ...app, ...given })).toEqual(message)
    expect(errorOf({ ...app, ...given }).message).not.toContain(SECRET)
  })
})

describe('several nodes', () => {
  it('are one target', () => {
    const url = ['wss://root:root@One.example/app/main?timeout=5s', 'wss://two.example/', 'ws://three.example:1/rpc']
    expect(check({ url })).toStrictEqual({
      ...DEFAULTS,
      timeout: 5000,
      auth: { username: 'root', password: 'root' },
      target: {
        kind: 'websocket',
        urls: ['wss://one.example/rpc', 'wss://two.example/rpc', 'ws://three.example:1/rpc'],
      },
    })
    expect(check({ ...app, url: ['mem://'] }).target).toEqual({ kind: 'embedded', urls: ['mem://'] })
  })

  it.each<[readonly unknown[], string]>([
    [[], 'url: must be a connection string, or a list of them'],
    [['ws://a', 7], 'url[1]: must be a string'],
    [['ws://a', 'ws://'], 'url[1]: cannot be read; write it as ws://host:port'],
    [['ws://a', 'ws://b', 'ws://A'], 'url[2]: names the same place as the one at 0'],
    [
      ['ws://a', 'http://a'],
      'url[1]: is of another kind than the first; a list is all ws and wss, or all http and https',
    ],
    [['ws://a', 'mem://'], 'url[1]: is one too many; a store in this process has one url'],
    [['mem://', 'mem://'], 'url[1]: is one too many; a store in this process has one url'],
    ...[`ws://root:${SECRET}@b`, 'ws://b/app', 'ws://b?timeout=5s'].map((url): [readonly unknown[], string] => [
      ['ws://a', url],
      'url[1]: has more than scheme, host and port; all else stands in the first url',
    ]),
  ])('cannot be %j', (url, message) => {
    expect(wrong({ ...app, url })).toBe(message)
  })
})

describe('a connection string', () => {
  it('names the database in its path', () => {
    expect(check('ws://localhost:8000/app/main')).toStrictEqual({ ...DEFAULTS, target: SERVER })
  })

  it('has everything else in its query', () => {
    const query = {
      namespace: 'app',
      database: 'main',
      name: '7',
      makeDefault: 'true',
      username: 'root',
      password: 'p&w',
      timeout: '5s',
      operationTimeout: '1500',
      pool: 'true',
      'pool.max': '20',
      'pool.validate': 'false',
      'retry.limit': '5',
      'retry.backoff': '1.5',
      queryBindings: 'true',
    }
    expect(check(`ws://localhost:8000?${new URLSearchParams(query)}`)).toStrictEqual({
      ...DEFAULTS,
      name: '7',
      makeDefault: true,
      auth: { username: 'root', password: 'p&w' },
      timeout: 5000,
      operationTimeout: 1500,
      pool: { ...POOL, max: 20, validate: false },
      retry: { ...RETRY, limit: 5, backoff: 1.5 },
      queryBindings: true,
      target: SERVER,
    })
    expect(check('ws://h/app/main?retry=false&pool=true')).toMatchObject({ retry: undefined, pool: POOL })
  })

  it('has the user in front of the host, decoded', () => {
    expect(check('ws://ro%40ot:p%2Fa%20ss@localhost:8000/my%20app/main')).toMatchObject({
      auth: { username: 'ro@ot', password: 'p/a ss' },
      namespace: 'my app',
      database: 'main',
      target: SERVER,
    })
  })

  it('of a store gives the rest of its query to the engine', () => {
    expect(check('surrealkv:///data/app?namespace=app&database=main&sync=every&retry.limit=1')).toStrictEqual({
      ...DEFAULTS,
      retry: { ...RETRY, limit: 1 },
      target: { kind: 'embedded', urls: ['surrealkv:/data/app?sync=every'] },
    })
  })

  it('gives way to options that are written beside it', () => {
    const url = 'ws://a:b@localhost:8000/one/two?timeout=5s&pool.max=20&retry=false'
    expect(check({ url, namespace: 'app', password: 'c', timeout: 7, pool: { min: 2 }, retry: true })).toMatchObject({
      namespace: 'app',
      database: 'two',
      auth: { username: 'a', password: 'c' },
      timeout: 7,
      pool: { ...POOL, max: 20, min: 2 },
      retry: RETRY,
    })
    expect(check({ url, pool: true }).pool).toEqual({ ...POOL, max: 20 })
    expect(check({ url, pool: false }).pool).toBeUndefined()
  })

  it.each([
    ['ws://h/app/main?pool.max=abc', 'pool.max: must be a whole number'],
    ['ws://h/app/main?pool.max=0x10', 'pool.max: must be a whole number'],
    ['ws://h/app/main?pool.max=', 'pool.max: must be a whole number'],
    ['ws://h/app/main?retry.limit=1e3', 'retry.limit: must be a whole number'],
    ['ws://h/app/main?makeDefault=1', 'makeDefault: must be true or false'],
    ['ws://h/app/main?makeDefault=TRUE', 'makeDefault: must be true or false'],
    ['ws://h/app/main?pool=yes', 'pool: must be true, false, or an object of options'],
    ['ws://h/app/main?timeout=soon', `timeout: ${NO_DURATION}`],
    ['ws://h/app/main?timeuot=5s', 'timeuot: is no option; did you mean "timeout"?'],
    ['ws://h/app/main?pool.mx=5', 'pool.mx: is no option; did you mean "pool.max"?'],
    ['surrealkv://./d?namespace=a&database=b&retry.x=5', 'retry.x: is no option; did you mean "retry"?'],
    ['mem://?namespace=app&database=main&timeuot=5s', 'timeuot: is no option; did you mean "timeout"?'],
    ['ws://h/app/main?timeout=1s&timeout=2s', 'timeout: is given more than once'],
    ['ws://h/app/main?pool=false&pool.max=3', 'pool: is off, and has options all the same'],
    [
      'ws://h/app/main/more?namespace=a&database=b',
      'url: has a path of more than two names; it is /namespace/database',
    ],
    ['ws://h/app/main?token=a&username=b&password=c', expect.stringMatching(/^username: is given beside token; /)],
    ['ws://root@h/app/main', 'password: is missing; username and password belong together'],
    [
      'ws://localhost:8000/rpc',
      'namespace: is missing; give it, or set SURREALDB_NAMESPACE; database: is missing; give it, or set SURREALDB_DATABASE',
    ],
  ])('%s', (url, message) => {
    expect(wrong(url)).toEqual(message)
  })
})

describe('the environment', () => {
  const URL_ALONE = { SURREALDB_URL: 'ws://localhost:8000' }
  const ALL = { ...URL_ALONE, SURREALDB_NAMESPACE: 'app', SURREALDB_DATABASE: 'main' }
  const USER = { SURREALDB_USERNAME: 'root', SURREALDB_PASSWORD: SECRET }

  it.each([[undefined], [{}]])('is enough by itself: %j', (input) => {
    expect(check(input, { ...ALL, ...USER })).toStrictEqual({
      ...DEFAULTS,
      auth: { username: 'root', password: SECRET },
      target: SERVER,
    })
    expect(check(input, { ...ALL, SURREALDB_TOKEN: 'abc' }).auth).toEqual({ token: 'abc' })
    expect(check(input, { SURREALDB_URL: 'ws://localhost:8000/app/main?timeout=1s' }).timeout).toBe(1000)
  })

  it('gives what is given nowhere else', () => {
    expect(check('ws://h/one', { ...ALL, ...USER })).toMatchObject({
      namespace: 'one',
      database: 'main',
      auth: { username: 'root' },
      target: { urls: ['ws://h/rpc'] },
    })
    expect(check({ username: 'me' }, { ...ALL, ...USER }).auth).toEqual({ username: 'me', password: SECRET })
    expect(check({}, { ...ALL, SURREALDB_URL: 'ws://h/one/two' })).toMatchObject({ namespace: 'app', database: 'main' })
  })

  it('is no second way to sign in', () => {
    const auth = { access: 'api', key: 'k' }
    const everything = { ...ALL, ...USER, SURREALDB_TOKEN: SECRET }
    expect(check({ auth }, everything).auth).toEqual(auth)
    expect(check({ token: 't' }, everything).auth).toEqual({ token: 't' })
    expect(check('ws://a:b@h/app/main', everything).auth).toEqual({ username: 'a', password: 'b' })
    expect(check({ token: 't' }, { SURREALDB_URL: `ws://root:${SECRET}@h/app/main` }).auth).toEqual({ token: 't' })
  })

  it('is named in messages', () => {
    expect(wrong({})).toBe(
      'url: is missing; give it, or set SURREALDB_URL; namespace: is missing; give it, or set SURREALDB_NAMESPACE; database: is missing; give it, or set SURREALDB_DATABASE',
    )
    expect(wrong({}, { ...ALL, SURREALDB_URL: 'ws://', SURREALDB_NAMESPACE: 'a\0b' })).toBe(
      'SURREALDB_URL: cannot be read; write it as ws://host:port; SURREALDB_NAMESPACE: must not hold a zero character',
    )
    expect(wrong({}, { ...ALL, ...USER, SURREALDB_TOKEN: SECRET })).toBe(
      'SURREALDB_USERNAME: is given beside SURREALDB_TOKEN; sign in by one of auth, token, or username with password',
    )
    expect(wrong({ ...server }, { SURREALDB_PASSWORD: SECRET })).toBe(
      'username: is missing; username and password belong together',
    )
  })

  it('has no empty variables', () => {
    expect(check(server, { SURREALDB_TOKEN: '', SURREALDB_USERNAME: '' }).auth).toBeUndefined()
  })

  it('is that of the process, when no other is given', () => {
    const before = { ...process.env }
    Object.assign(process.env, ALL)
    try {
      expect(checkOptions().target).toEqual(SERVER)
    } finally {
      for (const variable of Object.keys(ALL)) {
        if (before[variable] === undefined) delete process.env[variable]
        else process.env[variable] = before[variable]
      }
    }
  })
})

describe('wrong options', () => {
  it.each<[string, unknown, string]>([
    ['an empty namespace', { ...app, namespace: '' }, 'namespace: must not be empty'],
    ['a zero character', { ...app, database: 'a\0b' }, 'database: must not hold a zero character'],
    ['an unknown option', { ...app, pasword: SECRET }, 'pasword: is no option; did you mean "password"?'],
    ['one that is like no other', { ...app, colour: SECRET }, 'colour: is no option'],
    ['a wrong timeout', { ...app, timeout: 'soon' }, `timeout: ${NO_DURATION}`],
    ['a timeout that is on', { ...app, timeout: true }, `timeout: ${NO_DURATION}`],
    ['a number for a name', { ...app, name: 7 }, 'name: must be a string'],
    ['a number for a url', { ...app, url: 7 }, 'url: must be a connection string, or a list of them'],
    ['a list', [], 'give an object, or a connection string'],
    ['null', null, 'give an object, or a connection string'],
    ['a number', 7, 'give an object, or a connection string'],
  ])('%s', (_, input, message) => {
    expect(wrong(input)).toBe(message)
    expect(errorOf(input).message).not.toContain(SECRET)
  })

  it('are all named at once', () => {
    const input = { url: 'ws://', timeout: -1, name: '', pool: { max: 0, min: 'x' }, retry: { limit: 0.5 }, nmae: 1 }
    expect(wrong(input)).toBe(
      [
        'url: cannot be read; write it as ws://host:port',
        'namespace: is missing; give it, or set SURREALDB_NAMESPACE',
        'database: is missing; give it, or set SURREALDB_DATABASE',
        'name: must not be empty',
        'pool.max: must be at least 1',
        'pool.min: must be a whole number',
        'retry.limit: must be a whole number',
        `timeout: ${NO_DURATION}`,
        'nmae: is no option; did you mean "name"?',
      ].join('; '),
    )
  })

  it('have the code of the scheme when that is one of them', () => {
    expect(errorOf({ url: 'postgres://h', timeout: 'x' })).toMatchObject({
      code: 'UNKNOWN_SCHEME',
      message: expect.stringMatching(/url: begins with "postgres", .*timeout: must be/) as unknown,
    })
  })

  it.each([
    `ws://root:${SECRET}@localhost:8000`,
    `ws://root:${SECRET}@localhost:8000/app/main?timeout=soon`,
    `ws://root:${SECRET}@`,
    `ws://root:${SECRET}@ho st/app/main`,
    `ws://root:${SECRET}%@localhost/app/main`,
    `ws://root:${SECRET}@localhost/100%/main`,
    `ws://root:12?${SECRET}@localhost/app/main`,
    `ws://root:12?${SECRET}=@localhost/app/main`,
    `ws://root:12?pool.${SECRET}@localhost/app/main`,
    `ws://root:12#${SECRET}@localhost/app/main`,
    `ws://root:12/${SECRET}@localhost/app`,
    `ws://root:12/3/${SECRET}@localhost/app/main`,
    `ws://:${SECRET}@localhost/app/main`,
    `wss//root:${SECRET}@localhost`,
    `root:${SECRET}@localhost`,
    `${SECRET}`,
    `ws://localhost/app/main?password=${SECRET}`,
    `ws://localhost/app/main?token=${SECRET}&username=a&password=b`,
    `mem://?password=${SECRET}`,
  ])('never show a password: %s', (url) => {
    for (const error of [
      errorOf(url),
      errorOf({ url }),
      errorOf({}, { SURREALDB_URL: url }),
      errorOf({ url: [url, url] }),
    ]) {
      expect(error.message).not.toContain(SECRET)
      expect(String(error.stack)).not.toContain(SECRET)
      expect(error.cause).toBeUndefined()
    }
  })

  it.each(['ws://root:12?pass@host/app/main', 'ws://root:12#pass@host/app/main', 'ws://root:12/pass@host/app'])(
    'say how a password is written: %s',
    (url) => {
      expect(wrong({ url, namespace: 'a', database: 'b' })).toBe(`url: ${NOT_READABLE}`)
    },
  )
})

describe('the path of a store', () => {
  it.each(['file', 'surrealkv', 'rocksdb'])('holds no user and no password: %s', (scheme) => {
    for (const url of [`${scheme}://root:${SECRET}@h`, `${scheme}:root:${SECRET}@h/data`]) {
      const message = wrong({ url, namespace: 'a', database: 'b' })
      expect(message).toContain('give them as the options username and password')
      expect(message).not.toContain(SECRET)
    }
  })
})

describe('whatever is given', () => {
  const KEYS = [...Object.keys(DEFAULTS), 'url', 'username', 'password', 'token']
  const NESTED = [...Object.keys(POOL), ...Object.keys(RETRY), 'access', 'variables', 'key', 'token', 'username', 'ns']
  const secret = fc.constantFrom(SECRET, `a${SECRET}`, `${SECRET}@#?/%`)
  const url = fc.oneof(
    fc.constantFrom('mem://', 'ws://h', 'http://h/a/b', 'surrealkv://./d', 'rocksdb:'),
    fc.string(),
    fc
      .tuple(fc.constantFrom('ws', 'https', 'mem', 'x', 'file'), secret, fc.string(), fc.webPath())
      .map(([scheme, password, query, path]) => `${scheme}://root:${password}@h${path}?${query}`),
    fc
      .tuple(fc.constantFrom(...KEYS, 'pool.max', 'retry.x'), fc.string())
      .map(([key, text]) => `ws://h/a/b?${key}=${text}`),
  )
  const value: fc.Arbitrary<unknown> = fc.oneof(
    secret,
    url,
    fc.array(url),
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    fc.constantFrom(true, false, '5s', 7, 'app', undefined, () => SECRET),
    fc.dictionary(fc.constantFrom(...NESTED, '__proto__'), fc.oneof(secret, fc.anything(), fc.nat(20), fc.boolean())),
  )
  const options = fc.oneof(
    fc.dictionary(fc.constantFrom(...KEYS, '__proto__'), value),
    fc.dictionary(fc.constantFrom(...KEYS), value).map((given) => ({ ...app, url: 'ws://h', ...given })),
    url,
    fc.anything(),
  )

  it('is checked, or is a ConfigurationError without secrets', () => {
    const seen = { checked: 0, refused: 0 }
    fc.assert(
      fc.property(options, (given) => {
        try {
          const { target, namespace, timeout } = check(given)
          expect([target.urls.length > 0, typeof namespace, typeof timeout]).toEqual([true, 'string', 'number'])
          expect(target.urls.join()).not.toContain(SECRET)
          seen.checked++
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error
          expect(['INVALID_OPTION', 'UNKNOWN_SCHEME']).toContain(error.code)
          expect(error.message).not.toContain(SECRET)
          expect(error.cause).toBeUndefined()
          seen.refused++
        }
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.checked, seen.refused)).toBeGreaterThan(50)
  })
})

describe('an object and a connection string', () => {
  const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  const duration = fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom('500ms', '1m30s', '2h'))
  const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
  const pool = fc.record(
    {
      max: fc.integer({ min: 5, max: 99 }),
      min: fc.nat(5),
      idleTimeout: duration,
      maxWaiting: fc.nat(),
      validate: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const retry = fc.record(
    { limit: fc.nat(), backoff: fc.integer({ min: 2, max: 20 }).map((tenths) => tenths / 2), jitter: fc.boolean() },
    { requiredKeys: [] },
  )
  const options = fc.record({
    namespace: name,
    database: name,
    name: some(name),
    makeDefault: some(fc.boolean()),
    user: some(fc.record({ username: name, password: fc.string({ unit: 'grapheme' }) })),
    pool: some(fc.oneof(fc.boolean(), pool)),
    retry: some(fc.oneof(fc.boolean(), retry)),
    timeout: some(duration),
    operationTimeout: some(duration),
    pingInterval: some(duration),
    refreshMargin: some(duration),
    slowQueryThreshold: some(duration),
    queryBindings: some(fc.boolean()),
  })

  const asQuery = (given: object): URLSearchParams => {
    const flat = Object.entries(given).flatMap(([key, value]): [string, unknown][] =>
      typeof value === 'object'
        ? Object.entries(value as object).map(([part, inner]) => [`${key}.${part}`, inner])
        : [[key, value]],
    )
    return new URLSearchParams(
      flat.filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]),
    )
  }

  it('say the same', () => {
    fc.assert(
      fc.property(options, ({ user, ...given }) => {
        // without any option of it, a group cannot be written into a url
        fc.pre(![given.pool, given.retry].some((group) => typeof group === 'object' && Object.keys(group).length === 0))
        const byObject = check({ url: 'ws://localhost:8000', ...given, ...user })
        expect(check(`ws://localhost:8000?${asQuery({ ...given, ...user })}`)).toStrictEqual(byObject)
      }),
      { numRuns: 500 },
    )
  })

  it('say the same when user and database stand before the query', () => {
    fc.assert(
      fc.property(name, name, name, name, (username, password, namespace, database) => {
        // a step of a path that is a dot is no name, and a path that ends in /rpc is the endpoint
        fc.pre(![namespace, database].some((step) => /^\.{1,2}$/.test(step)) && database !== 'rpc')
        const [user, secret, ...path] = [username, password, namespace, database].map(encodeURIComponent)
        const byObject = check({ url: 'ws://localhost:8000', namespace, database, username, password })
        expect(check(`ws://${user}:${secret}@localhost:8000/${path.join('/')}`)).toStrictEqual(byObject)
      }),
      { numRuns: 500 },
    )
  })
})
