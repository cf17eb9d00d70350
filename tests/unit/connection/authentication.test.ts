import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  authenticationRequest,
  checkCredentials,
  checkSignUp,
  signUpRequest,
  tokenExpiry,
  type Credentials,
} from '../../../src/connection/options/authentication.js'
import { ConfigurationError } from '../../../src/errors.js'

const SCOPE = { namespace: 'app', database: 'main' }
const SECRET = 'sEcReT-4711'
const FORMS =
  'must be { username, password }, { namespace, username, password }, { namespace, database, username, password }, { access, variables }, { access, key } or { token }'

const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'INVALID_OPTION') return error.message
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('the request of credentials', () => {
  it.each<[string, Credentials, object]>([
    ['a root user', { username: 'root', password: 'p' }, { user: 'root', pass: 'p' }],
    ['a root user without a password', { username: 'root', password: '' }, { user: 'root', pass: '' }],
    ['a namespace user', { namespace: 'other', username: 'n', password: 'p' }, { ns: 'other', user: 'n', pass: 'p' }],
    [
      'a database user',
      { namespace: 'other', database: 'one', username: 'd', password: 'p' },
      { ns: 'other', db: 'one', user: 'd', pass: 'p' },
    ],
    [
      'a record',
      { access: 'account', variables: { email: 'a@b.c', pass: 'x' } },
      { ns: 'app', db: 'main', ac: 'account', email: 'a@b.c', pass: 'x' },
    ],
    [
      'a record of another database',
      { namespace: 'other', database: 'one', access: 'account', variables: {} },
      { ns: 'other', db: 'one', ac: 'account' },
    ],
    [
      'a record of another database of this namespace',
      { database: 'one', access: 'account', variables: {} },
      { ns: 'app', db: 'one', ac: 'account' },
    ],
    ['a grant', { access: 'api', key: 'k' }, { ns: 'app', db: 'main', ac: 'api', key: 'k' }],
    ['a grant of a namespace', { namespace: 'other', access: 'api', key: 'k' }, { ns: 'other', ac: 'api', key: 'k' }],
    [
      'a grant of another database',
      { database: 'one', access: 'api', key: 'k' },
      { ns: 'app', db: 'one', ac: 'api', key: 'k' },
    ],
  ])('of %s', (_, credentials, parameters) => {
    expect(checkCredentials(credentials)).toEqual(credentials)
    expect(authenticationRequest(checkCredentials(credentials), SCOPE)).toEqual({
      method: 'signin',
      params: [parameters],
    })
  })

  it('of a token', () => {
    for (const given of ['abc', { token: 'abc' }]) {
      expect(authenticationRequest(checkCredentials(given), SCOPE)).toEqual({ method: 'authenticate', params: ['abc'] })
    }
  })

  it('of a sign-up', () => {
    const signUp = checkSignUp({ access: 'account', variables: { email: 'a@b.c' }, database: undefined })
    expect(signUpRequest(signUp, SCOPE)).toEqual({
      method: 'signup',
      params: [{ ns: 'app', db: 'main', ac: 'account', email: 'a@b.c' }],
    })
  })

  it('leaves the values of variables as they are', () => {
    const born = new Date(0)
    const [parameters] = authenticationRequest(checkCredentials({ access: 'a', variables: { born } }), SCOPE).params
    expect((parameters as { born: unknown }).born).toBe(born)
  })
})

describe('wrong credentials', () => {
  it.each<[unknown, string]>([
    [{ username: 'root' }, 'auth.password: is missing'],
    [{ password: SECRET }, 'auth.username: is missing'],
    [{ username: '', password: SECRET }, 'auth.username: must not be empty'],
    [{ username: 'root', password: 7 }, 'auth.password: must be a string'],
    [
      { database: 'main', username: 'd', password: SECRET },
      'auth.namespace: is missing; a user of a database is given with both',
    ],
    [{ access: 'account', username: 'u', password: SECRET }, 'auth.access: does not go with the others'],
    [{ username: 'u', password: SECRET, pasword: SECRET }, 'auth.pasword: is no option; did you mean "password"?'],
    [{ key: SECRET }, 'auth.access: is missing'],
    [{ access: 'api', key: '' }, 'auth.key: must not be empty'],
    [{ access: 'account', variables: [SECRET] }, 'auth.variables: must be an object'],
    [
      { access: 'account', variables: { NS: SECRET } },
      "auth.variables: must not hold ns, db, ac: those names are the protocol's own",
    ],
    [{ namespace: 'a\0b', access: 'x', key: SECRET }, 'auth.namespace: must not hold a zero character'],
    [{ token: '' }, 'auth.token: must not be empty'],
    ['', 'auth.token: must not be empty'],
    [{ token: SECRET, key: SECRET }, `auth: mixes token, key; it ${FORMS}`],
    [{ token: SECRET, username: 'u', password: SECRET }, `auth: mixes token, username, password; it ${FORMS}`],
    [{ access: 'api' }, `auth: ${FORMS}`],
    [{}, `auth: ${FORMS}`],
    [undefined, `auth: ${FORMS}`],
    [null, `auth: ${FORMS}`],
    [Promise.resolve(SECRET), `auth: ${FORMS}`],
  ])('%j', (given, message) => {
    expect(messageOf(() => checkCredentials(given))).toBe(
      `These credentials cannot be used: ${message}.`.replace('?.', '?'),
    )
  })

  it('of a sign-up', () => {
    expect(messageOf(() => checkSignUp({ acess: 'account', variables: 7 }))).toBe(
      'This sign-up cannot be used: signUp.access: is missing; signUp.variables: must be an object; signUp.acess: is no option; did you mean "access"?',
    )
    expect(messageOf(() => checkSignUp(undefined))).toBe('This sign-up cannot be used: signUp: is missing.')
  })
})

describe('the end of a token', () => {
  const token = (payload: unknown) => `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.y`

  it('is read from its claims', () => {
    expect(tokenExpiry(token({ exp: 1_700_000_000, name: 'ü?>' }))).toBe(1_700_000_000_000)
  })

  it.each([
    '',
    'abc',
    'a.b.c',
    'a..c',
    token({}),
    token({ exp: 'soon' }),
    token({ exp: null }),
    token(null),
    token([]),
  ])('is not known of %j', (text) => {
    expect(tokenExpiry(text)).toBeUndefined()
  })

  it('never fails', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue().map(token)), (text) => {
        expect(['number', 'undefined']).toContain(typeof tokenExpiry(text))
      }),
    )
  })
})
