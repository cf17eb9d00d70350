import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  AsyncInSyncError,
  createConnection,
  type Connection,
  type ConnectionOptions,
  type Credentials,
  type SurrealEngineError,
} from '../../src/index.js'
import { errorOf } from '../support/error-of.js'
import { startServer, type TestServer } from '../support/server/server.js'
import { MODES, type ModeName } from '../support/modes.js'

const PLACE = { namespace: 'refresh', database: 'main' } as const
const BRIEF = { ...PLACE, username: 'brief', password: 'secret' } as const
/** The tokens of `brief` live for two seconds, and so do the sessions of the others: on a slow machine less would be over at once. */
const USERS = `
  DEFINE USER OVERWRITE brief ON DATABASE PASSWORD "secret" ROLES OWNER DURATION FOR TOKEN 2s;
  DEFINE USER OVERWRITE visitor ON DATABASE PASSWORD "secret" ROLES OWNER DURATION FOR TOKEN 1h, FOR SESSION 2s;
  DEFINE TABLE OVERWRITE news PERMISSIONS FULL;
  DEFINE ACCESS OVERWRITE account ON DATABASE TYPE RECORD
    SIGNUP (CREATE account SET email = $email)
    SIGNIN (SELECT * FROM account WHERE email = $email)
    DURATION FOR TOKEN 1h, FOR SESSION 2s;
`
/** Longer than such a token lives. */
const A_LIFE = 2_600
/** Longer than such a session: the engine ends one at the end of a second. */
const A_SESSION = 3_600

let count = 0
let server: TestServer
const open: Connection[] = []

beforeAll(async () => {
  server = await startServer({ requireAuth: true })
  const root = await connect({ username: 'root', password: 'root' })
  await root.query(USERS)
})

afterAll(async () => {
  for (const connection of open) await connection.close()
  await server.stop()
})

const make = (options: ConnectionOptions, scheme: 'ws' | 'http' = 'ws'): Connection => {
  const connection = createConnection({
    url: `${scheme}://127.0.0.1:${server.port}`,
    ...PLACE,
    name: `refresh-${++count}`,
    ...options,
  })
  open.push(connection)
  return connection
}
const connect = async (options: ConnectionOptions, modeName: ModeName = 'async'): Promise<Connection> =>
  await MODES[modeName](make(options)).connect()

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
const block = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
const pass = async (modeName: ModeName, milliseconds: number): Promise<void> => {
  if (modeName === 'sync') block(milliseconds)
  else await wait(milliseconds)
}

/** Errors that no call heard of. */
const errorsOf = (connection: Connection): SurrealEngineError[] => {
  const errors: SurrealEngineError[] = []
  connection.on('error', (error) => void errors.push(error))
  return errors
}

const WHO = 'RETURN $session.tk.ID'
/** When the token of the session was given. */
const ISSUED = 'RETURN $session.tk.iat'

describe.each(['ws', 'http'] as const)('a token is renewed before its end (%s)', (scheme) => {
  describe.each(['async', 'sync'] as const)('%s', (modeName) => {
    const mode = MODES[modeName]

    test.each<[string, Credentials | (() => Credentials)]>([
      ['of credentials', BRIEF],
      ['of a provider', () => BRIEF],
    ])('%s', async (_, auth) => {
      const connection = await mode(make({ auth }, scheme)).connect()
      const errors = errorsOf(connection)
      const [first] = await mode(connection).query<[number]>(ISSUED)
      for (let step = 0; step < 5; step++) {
        await pass(modeName, A_LIFE / 5)
        expect(await mode(connection).query(WHO)).toEqual(['brief'])
      }
      const [last] = await mode(connection).query<[number]>(ISSUED)
      expect(last).toBeGreaterThan(first)
      expect(errors).toEqual([])
    })

    test('and when its end was missed, the next call brings another one', async () => {
      const connection = await mode(make({ auth: BRIEF, refreshMargin: 1 }, scheme)).connect()
      // nothing happens in the background of a blocked thread
      block(A_LIFE)
      const answers =
        modeName === 'sync'
          ? [connection.querySync(WHO)]
          : await Promise.all([1, 2, 3].map(() => connection.query(WHO)))
      for (const answer of answers) expect(answer).toEqual(['brief'])
    })
  })
})

describe.each(['async', 'sync'] as const)('a session that ends before its token (%s)', (modeName) => {
  const mode = MODES[modeName]

  test('of credentials goes on, with parameters and place, and a write runs once', async () => {
    const connection = await connect({ auth: { ...PLACE, username: 'visitor', password: 'secret' } }, modeName)
    await mode(connection).let('tenant', 'acme')
    await pass(modeName, A_SESSION)
    const [created] = await mode(connection).query<[object[]]>('CREATE news SET by = $tenant')
    expect(created).toMatchObject([{ by: 'acme' }])
    expect(await mode(connection).query('RETURN count(SELECT * FROM news); DELETE news RETURN NONE')).toEqual([1, []])
  })

  test('of a user who signed up goes on with the token', async () => {
    const connection = await connect({}, modeName)
    await mode(connection).signup({ access: 'account', variables: { email: modeName } })
    const record = await mode(connection).query('RETURN $auth')
    await pass(modeName, A_SESSION)
    expect(await mode(connection).query('RETURN $auth')).toEqual(record)
  })
})

// there, an anonymous session may do everything
test.each(['async', 'sync'] as const)(
  'on an embedded store nobody becomes its owner by the end of a token: %s',
  async (modeName) => {
    const mode = MODES[modeName]
    const embedded = createConnection({ url: 'mem://', ...PLACE, name: `refresh-${++count}` })
    open.push(embedded)
    await mode(embedded).connect()
    await mode(embedded).query(
      `DEFINE USER viewer ON DATABASE PASSWORD "secret" ROLES VIEWER DURATION FOR TOKEN 2s;
     DEFINE TABLE account PERMISSIONS FULL; DEFINE TABLE news PERMISSIONS NONE; CREATE news;
     DEFINE ACCESS guest ON DATABASE TYPE RECORD SIGNUP (CREATE account) DURATION FOR TOKEN 2s, FOR SESSION 2s`,
    )
    const denied = { code: 'PERMISSION_DENIED' }
    await mode(embedded).signin({ ...PLACE, username: 'viewer', password: 'secret' })
    expect(await errorOf(() => mode(embedded).query('DEFINE TABLE mine'))).toMatchObject(denied)
    await pass(modeName, A_LIFE)
    expect(await mode(embedded).query(WHO)).toEqual(['viewer'])
    expect(await errorOf(() => mode(embedded).query('DEFINE TABLE mine'))).toMatchObject(denied)
    // whose token nobody can renew
    await mode(embedded).signup({ access: 'guest', variables: {} })
    await pass(modeName, A_SESSION)
    const over = await errorOf(() => mode(embedded).query('SELECT * FROM news'))
    expect(over).toMatchObject({ code: 'AUTHENTICATION_FAILED' })
  },
)

describe('in the background', () => {
  test('a connection that only listens is renewed, by an asynchronous provider too', async () => {
    const provider = jest.fn(async () => {
      await wait(10)
      return BRIEF
    })
    const connection = await connect({ auth: provider })
    const errors = errorsOf(connection)
    const live = await connection.live('news')
    const message = live.next()
    await wait(A_LIFE)
    expect(provider.mock.calls.length).toBeGreaterThan(1)
    expect(errors).toEqual([])
    const writer = await connect({ auth: BRIEF })
    await writer.query('CREATE news:heard')
    expect(await message).toMatchObject({ value: { action: 'CREATE' } })
    await live.kill()
  })

  test('a provider that fails once is heard of and asked again, and no call fails', async () => {
    let asked = 0
    const connection = make({
      auth: () => {
        if (++asked === 2) throw new TypeError('the vault is closed')
        return BRIEF
      },
    })
    await connection.connect()
    const errors = errorsOf(connection)
    for (let step = 0; step < 10; step++) {
      await wait(A_LIFE / 10)
      expect(await connection.query(WHO)).toEqual(['brief'])
    }
    expect(errors).toEqual([
      expect.objectContaining({ code: 'AUTHENTICATION_FAILED', cause: new TypeError('the vault is closed') }),
    ])
    expect(asked).toBeGreaterThan(2)
  })

  test('after invalidate() nobody is signed in again', async () => {
    const connection = await connect({ auth: BRIEF })
    await connection.invalidate()
    await wait(A_LIFE)
    expect(await errorOf(() => connection.query(WHO))).toMatchObject({ code: 'PERMISSION_DENIED' })
  })

  const MOMENTS = ['before the sign-in is sent', 'while the sign-in is under way'] as const
  describe.each(['ws', 'http'] as const)('invalidate() during a renewal has the last word (%s)', (scheme) => {
    test.each(MOMENTS.flatMap((moment) => (['async', 'sync'] as const).map((modeName) => [modeName, moment] as const)))(
      '%s, %s',
      async (modeName, moment) => {
        let answer: (credentials: Credentials) => void = () => {}
        let asked = 0
        const auth = async (): Promise<Credentials> => {
          if (++asked === 1) return BRIEF
          return await new Promise<Credentials>((resolve) => {
            answer = resolve
          })
        }
        const connection = await make({ auth }, scheme).connect()
        while (asked < 2) await wait(20)
        if (moment === MOMENTS[1]) {
          answer(BRIEF)
          await new Promise((resolve) => setImmediate(resolve))
        }
        const invalidated = modeName === 'sync' ? connection.invalidateSync() : connection.invalidate()
        answer(BRIEF)
        await invalidated
        await wait(500)
        expect(await errorOf(() => connection.query(WHO))).toMatchObject({ code: 'PERMISSION_DENIED' })
      },
    )
  })
})

describe('an asynchronous provider in a thread that blocks', () => {
  test('cannot be waited for once the token has ended', async () => {
    const connection = await make({ auth: async () => BRIEF }, 'http').connect()
    const late = () => {
      block(A_LIFE)
      connection.querySync(WHO)
    }
    // a renewal that was on its way already may have been in time for the first; nothing is for the second
    const twice = () => {
      late()
      late()
    }
    expect(await errorOf(twice)).toBeInstanceOf(AsyncInSyncError)
    expect(await connection.query(WHO)).toEqual(['brief'])
  })
})
