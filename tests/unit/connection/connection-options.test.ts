import { describe, expect, it } from '@jest/globals'
import { checkOptions, type ConnectionOptions } from '../../../src/connection/connection-options.js'
import { ConfigurationError } from '../../../src/errors.js'

const app = { url: 'mem://', namespace: 'app', database: 'main' }
const DEFAULTS = { name: 'default', makeDefault: false, timeout: 30_000, operationTimeout: 30_000 }
const SERVER = { kind: 'websocket', url: 'ws://localhost:8000/rpc' }
const SECRET = 'sEcReT-4711'

function errorOf(input: unknown): ConfigurationError {
  try {
    checkOptions(input as ConnectionOptions)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('options', () => {
  it('are filled up with defaults', () => {
    expect(checkOptions(app)).toEqual({
      ...DEFAULTS,
      namespace: 'app',
      database: 'main',
      target: { kind: 'embedded', url: 'mem://' },
    })
  })

  it('take durations in both forms', () => {
    expect(checkOptions({ ...app, timeout: '1m30s', operationTimeout: 250 })).toMatchObject({
      timeout: 90_000,
      operationTimeout: 250,
    })
  })

  it('take everything at once', () => {
    const given = { ...app, name: 'primary', makeDefault: true, username: 'root', password: '' }
    expect(checkOptions(given)).toMatchObject({ name: 'primary', makeDefault: true, username: 'root', password: '' })
    expect(checkOptions({ ...app, token: 'abc' })).toMatchObject({ token: 'abc' })
  })
})

describe('a connection string', () => {
  it('names the database in its path', () => {
    expect(checkOptions('ws://localhost:8000/app/main')).toEqual({
      ...DEFAULTS,
      namespace: 'app',
      database: 'main',
      target: SERVER,
    })
  })

  it('has everything else in its query', () => {
    expect(
      checkOptions(
        'ws://localhost:8000?namespace=app&database=main&name=primary&makeDefault=true&username=root&password=p%26w&timeout=5s&operationTimeout=1m',
      ),
    ).toEqual({
      namespace: 'app',
      database: 'main',
      name: 'primary',
      makeDefault: true,
      username: 'root',
      password: 'p&w',
      timeout: 5000,
      operationTimeout: 60_000,
      target: SERVER,
    })
  })

  it('has the user in front of the host, decoded', () => {
    expect(checkOptions('ws://ro%40ot:p%2Fa%20ss@localhost:8000/my%20app/main')).toMatchObject({
      username: 'ro@ot',
      password: 'p/a ss',
      namespace: 'my app',
      database: 'main',
      target: SERVER,
    })
  })

  it('of a store gives the rest of its query to the engine', () => {
    expect(checkOptions('surrealkv:///data/app?namespace=app&database=main&sync=every')).toEqual({
      ...DEFAULTS,
      namespace: 'app',
      database: 'main',
      target: { kind: 'embedded', url: 'surrealkv:/data/app?sync=every' },
    })
  })

  it('of a bare endpoint names no database', () => {
    expect(errorOf('ws://localhost:8000/rpc').message).toMatch(/namespace: .*database: /)
  })

  it('gives way to options that are written beside it', () => {
    expect(
      checkOptions({ url: 'ws://a:b@localhost:8000/one/two?timeout=5s', namespace: 'app', password: 'c', timeout: 7 }),
    ).toMatchObject({ namespace: 'app', database: 'two', username: 'a', password: 'c', timeout: 7 })
  })
})

describe('wrong options', () => {
  it.each<[string, unknown, RegExp]>([
    ['no namespace', { url: 'mem://', database: 'main' }, /namespace: /],
    ['no database', { url: 'mem://', namespace: 'app' }, /database: /],
    ['an empty namespace', { ...app, namespace: '' }, /namespace: /],
    ['a zero character', { ...app, database: 'a\0b' }, /database: must not hold a zero character/],
    ['no url', { namespace: 'app', database: 'main' }, /url: /],
    ['an unknown option', { ...app, pasword: SECRET }, /pasword/],
    [
      'a wrong timeout',
      { ...app, timeout: 'soon' },
      /timeout: must be a positive number of milliseconds, or a duration/,
    ],
    ['a timeout in the query', 'ws://h/app/main?timeout=soon', /timeout: must be a positive number/],
    ['a number for a name', { ...app, name: 7 }, /name: /],
    ['a user without password', { ...app, username: 'root' }, /^Give username and password together, or neither\.$/],
    ['a password without user', { ...app, password: SECRET }, /^Give username and password together, or neither\.$/],
    ['token and user', { ...app, token: SECRET, username: 'a', password: SECRET }, /^Give either a token or username/],
    ['a list', [], /connection cannot be made/],
    ['nothing', undefined, /connection cannot be made/],
    ['null', null, /connection cannot be made/],
    ['a number', 7, /connection cannot be made/],
  ])('%s', (_, input, message) => {
    const error = errorOf(input)
    expect(error.code).toBe('INVALID_OPTION')
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain(SECRET)
  })

  it('are all named at once', () => {
    const { message } = errorOf({ url: 'mem://', timeout: -1, name: '' })
    expect(message).toMatch(/namespace: .*database: .*name: .*timeout: /)
    expect(message).toMatch(/Namespace and database are always needed\.$/)
  })

  it.each([
    `ws://root:${SECRET}@localhost:8000`,
    `ws://root:${SECRET}@localhost:8000/app/main?timeout=soon`,
    `ws://root:${SECRET}@`,
    `ws://root:${SECRET}@ho st/app/main`,
    `ws://root:${SECRET}%@localhost/app/main`,
    `ws://root:${SECRET}@localhost/100%/main`,
    `wss//root:${SECRET}@localhost`,
    `ws://localhost/app/main?password=${SECRET}`,
    `ws://localhost/app/main?token=${SECRET}&username=a&password=b`,
    `mem://?password=${SECRET}`,
  ])('never show a password: %s', (url) => {
    const error = errorOf(url)
    expect(error.message).not.toContain(SECRET)
    expect(String(error.stack)).not.toContain(SECRET)
    expect(String((error.cause as Error | undefined)?.stack)).not.toContain(SECRET)
  })

  it.each(['ws://localhost/app/main?timeuot=5s', 'mem://?namespace=app&database=main&timeuot=5s'])(
    'in the query of a string are not passed over in silence: %s',
    (url) => {
      expect(errorOf(url).message).toContain('timeuot')
    },
  )
})
