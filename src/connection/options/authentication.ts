import { z } from 'zod'
import { isObject } from '../../values.js'
import { databaseNameSchema } from './database-name.js'
import { definedOnly } from './defined-only.js'
import { applySchema, issuesError, type SchemaResult } from './option-issues.js'
import type { RpcRequest } from '../calls/rpc.js'

/** A user of the whole server. */
export interface RootCredentials {
  readonly username: string
  readonly password: string
}

/** A user of one namespace. */
export interface NamespaceCredentials extends RootCredentials {
  readonly namespace: string
}

/** A user of one database. */
export interface DatabaseCredentials extends NamespaceCredentials {
  readonly database: string
}

/** Signs in by `DEFINE ACCESS … TYPE RECORD`: the user is a record. */
export interface RecordCredentials {
  /** Default: the connection's. */
  readonly namespace?: string
  /** Default: the connection's. */
  readonly database?: string
  /** The name of the access. */
  readonly access: string
  /** What its `SIGNIN` clause reads: `$email`, `$password`, … */
  readonly variables: Readonly<Record<string, unknown>>
}

/** Signs in with the key of a grant, by `DEFINE ACCESS … TYPE BEARER`. */
export interface BearerCredentials {
  /** Given alone, the access is one of the whole namespace. Default: the connection's. */
  readonly namespace?: string
  /** Default: the connection's, unless `namespace` is given. */
  readonly database?: string
  /** The name of the access. */
  readonly access: string
  readonly key: string
}

/** A token that somebody else obtained. */
export interface TokenCredentials {
  readonly token: string
}

/** Who a connection is. */
export type Credentials =
  | RootCredentials
  | NamespaceCredentials
  | DatabaseCredentials
  | RecordCredentials
  | BearerCredentials
  | TokenCredentials

/** Asked for the credentials each time they are needed; a string is a token. */
export type CredentialsProvider = () => Credentials | string | Promise<Credentials | string>

/** A new user by `DEFINE ACCESS … TYPE RECORD`; the `variables` are what its `SIGNUP` clause reads. */
export type SignUp = RecordCredentials

/** The namespace and database a connection works in. */
export interface SessionScope {
  readonly namespace: string
  readonly database: string
}

const RESERVED = ['ns', 'db', 'ac']

/** The server reads them from the same object as the variables, in either case: one from a form would choose the access. */
const variables = z
  .record(z.string(), z.unknown())
  .refine((given) => !Object.keys(given).some((name) => RESERVED.includes(name.toLowerCase())), {
    message: `must not hold ${RESERVED.join(', ')}: those names are the protocol's own`,
  })

const text = z.string().min(1)
const place = { namespace: databaseNameSchema.optional(), database: databaseNameSchema.optional() }

/** The kinds of credentials by the keys that only they have. */
const KINDS = {
  token: z.strictObject({ token: text }),
  key: z.strictObject({ ...place, access: text, key: text }),
  variables: z.strictObject({ ...place, access: text, variables }),
  username: z.strictObject({ ...place, username: text, password: z.string() }),
} as const

type Kind = keyof typeof KINDS

const MARKS: Readonly<Record<string, Kind>> = {
  token: 'token',
  key: 'key',
  variables: 'variables',
  username: 'username',
  password: 'username',
}

const NAMES = ['namespace', 'database', 'access', ...Object.keys(MARKS)]

const FORMS =
  '{ username, password }, { namespace, username, password }, { namespace, database, username, password }, ' +
  '{ access, variables }, { access, key } or { token }'

/** Checks credentials of any kind; everything wrong is in the issues. */
export function readCredentials(input: unknown, at: string): SchemaResult<Credentials> {
  const given = isObject(input) ? definedOnly(input) : {}
  const marks = Object.keys(given).filter((name) => Object.hasOwn(MARKS, name))
  const [kind, another] = new Set(marks.map((name) => MARKS[name]!))
  if (kind === undefined) return { issues: [{ path: at, message: `must be ${FORMS}` }] }
  if (another !== undefined)
    return { issues: [{ path: at, message: `mixes ${marks.join(', ')}; it must be ${FORMS}` }] }
  // zod's optional keys may be undefined, but these are not: definedOnly
  const schema = KINDS[kind] as unknown as z.ZodType<Credentials>
  const result = applySchema(schema, given, { at, namesAt: (path) => (path === '' ? NAMES : []) })
  if (kind !== 'username' || given.database === undefined || given.namespace !== undefined) return result
  const message = 'is missing; a user of a database is given with both'
  return { issues: [{ path: `${at}.namespace`, message }, ...result.issues] }
}

/** The credentials in what a provider answered, or in what a caller gave; a string is a token. */
export function checkCredentials(input: unknown, at = 'auth'): Credentials {
  const { data, issues } = readCredentials(typeof input === 'string' ? { token: input } : input, at)
  if (!data) throw issuesError('These credentials cannot be used', issues)
  return data
}

/** The checked form of what a caller gave for a sign-up. */
export function checkSignUp(input: unknown, at = 'signUp'): SignUp {
  const schema = KINDS.variables as unknown as z.ZodType<SignUp>
  const namesAt = (path: string) => (path === '' ? Object.keys(KINDS.variables.shape) : [])
  const { data, issues } = applySchema(schema, isObject(input) ? definedOnly(input) : input, { at, namesAt })
  if (!data) throw issuesError('This sign-up cannot be used', issues)
  return data
}

/** The request that makes a session one of this user. */
export function authenticationRequest(credentials: Credentials, scope: SessionScope): RpcRequest {
  if ('token' in credentials) return { method: 'authenticate', params: [credentials.token] }
  if ('variables' in credentials) return { method: 'signin', params: [recordParameters(credentials, scope)] }
  if ('key' in credentials) return { method: 'signin', params: [bearerParameters(credentials, scope)] }
  const { username, password, ...level } = credentials
  return { method: 'signin', params: [{ ...levelOf(level), user: username, pass: password }] }
}

/** The request that makes a new user and a session of theirs. */
export function signUpRequest(signUp: SignUp, scope: SessionScope): RpcRequest {
  return { method: 'signup', params: [recordParameters(signUp, scope)] }
}

function recordParameters(credentials: RecordCredentials, scope: SessionScope): object {
  const { namespace, database } = { ...scope, ...credentials }
  return { ...credentials.variables, ns: namespace, db: database, ac: credentials.access }
}

/** A server has no access of its own to sign in by: one that names no level is the one of the database. */
function bearerParameters(credentials: BearerCredentials, scope: SessionScope): object {
  const level = credentials.namespace === undefined ? { ...scope, ...credentials } : credentials
  return { ...levelOf(level), ac: credentials.access, key: credentials.key }
}

function levelOf({ namespace, database }: Partial<SessionScope>): object {
  return { ...(namespace !== undefined && { ns: namespace }), ...(database !== undefined && { db: database }) }
}

/** When a token ends, in milliseconds since 1970; undefined when it does not say so. */
export function tokenExpiry(token: string): number | undefined {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  try {
    const claims: unknown = JSON.parse(payload)
    const expiry: unknown = isObject(claims) ? (claims as { exp?: unknown }).exp : undefined
    return typeof expiry === 'number' && Number.isFinite(expiry) ? expiry * 1000 : undefined
  } catch {
    return undefined
  }
}
