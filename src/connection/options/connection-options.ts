import { z } from 'zod'
import { isObject } from '../../values.js'
import type { Credentials, CredentialsProvider } from './authentication.js'
import { readAuthentication } from './authentication-options.js'
import { CACHE_OPTION_NAMES, cacheSchema, type CacheLimits, type CacheOptions } from './cache-options.js'
import type { Backoff, LinkTarget, PoolLimits } from '../bridge/link.js'
import { databaseNameSchema } from './database-name.js'
import { durationSchema, type DurationInput } from './duration.js'
import { environmentVariable, type Environment } from './environment.js'
import { applySchema, issuesError, type OptionIssue } from './option-issues.js'
import { gatherOptions, type GivenOptions } from './option-sources.js'
import { POOL_OPTION_NAMES, poolSchema, type PoolOptions } from './pool-options.js'
import { RETRY_OPTION_NAMES, retrySchema, type RetryOptions } from './retry-options.js'

/**
 * What `createConnection` can be told. All of it but `auth` may stand in the connection string too; what is written here
 * comes first.
 */
export interface ConnectionOptions {
  /**
   * `ws wss http https` for a server; `mem` (or `memory`) for a store in memory; `surrealkv`, `surrealkv+versioned`,
   * `file` and `rocksdb` for a store in a directory. `file://` is SurrealKV. A list names the nodes of one cluster; only
   * its first url holds more than scheme, host and port. Default: `SURREALDB_URL` of the environment.
   */
  readonly url?: string | readonly string[]
  /** Default: `SURREALDB_NAMESPACE` of the environment. */
  readonly namespace?: string
  /** Default: `SURREALDB_DATABASE` of the environment. */
  readonly database?: string
  /** The key in the registry. Default: `default`. */
  readonly name?: string
  /** Makes this the connection that is used when none is named. The first one is it anyway. Default: `false`. */
  readonly makeDefault?: boolean
  /**
   * A root user. On an embedded store without any root user it is created, as `surreal start --user` does. Default:
   * `SURREALDB_USERNAME` of the environment, unless `token` or `auth` is given.
   */
  readonly username?: string
  /** The password of `username`. Default: `SURREALDB_PASSWORD` of the environment, unless `token` or `auth` is given. */
  readonly password?: string
  /** A token instead of a user. Default: `SURREALDB_TOKEN` of the environment, unless a user or `auth` is given. */
  readonly token?: string
  /** Credentials of any kind instead of a user or a token, or a function that gives them each time they are needed. */
  readonly auth?: Credentials | CredentialsProvider
  /** Several channels to the server instead of one. Not for embedded stores. Default: `false`. */
  readonly pool?: boolean | PoolOptions
  /** How often a connection is tried again. Default: `true`. */
  readonly retry?: boolean | RetryOptions
  /** Deadline of opening. Milliseconds, or a duration such as `'30s'`. Default: 30 seconds. */
  readonly timeout?: DurationInput
  /** Deadline of each call. Milliseconds, or a duration such as `'30s'`. Default: 30 seconds. */
  readonly operationTimeout?: DurationInput
  /** How often a quiet WebSocket is asked for a sign of life. Milliseconds, or a duration. Default: 15 seconds. */
  readonly pingInterval?: DurationInput
  /** How long that sign of life may take. Milliseconds, or a duration. Default: 10 seconds. */
  readonly pingTimeout?: DurationInput
  /** How long before the end of its token a session is renewed. Milliseconds, or a duration. Default: 60 seconds. */
  readonly refreshMargin?: DurationInput
  /** A query that takes longer is a slow one. Milliseconds, or a duration. Default: none is. */
  readonly slowQueryThreshold?: DurationInput
  /** Whether `query` events hold the bindings, which may be secrets. Default: `false`. */
  readonly queryBindings?: boolean
  /** How the results of querysets with `cache()` are kept; `false`: not at all. Default: `true`. */
  readonly cache?: boolean | CacheOptions
  /** Whether calls are told to OpenTelemetry; needs the package `@opentelemetry/api`. Default: `false`. */
  readonly openTelemetry?: boolean
}

/** Options after the check, with the defaults filled in and the url taken apart. Durations are milliseconds. */
export interface CheckedOptions {
  readonly target: LinkTarget
  readonly namespace: string
  readonly database: string
  readonly name: string
  readonly makeDefault: boolean
  /** Undefined for an anonymous session. */
  readonly auth: Credentials | CredentialsProvider | undefined
  /** Undefined for one channel. */
  readonly pool: PoolLimits | undefined
  /** Undefined when nothing is tried again. */
  readonly retry: Backoff | undefined
  readonly timeout: number
  readonly operationTimeout: number
  readonly pingInterval: number
  readonly pingTimeout: number
  readonly refreshMargin: number
  readonly slowQueryThreshold: number | undefined
  readonly queryBindings: boolean
  readonly openTelemetry: boolean
  /** Undefined when nothing is kept. */
  readonly cache: CacheLimits | undefined
}

const shape = {
  namespace: databaseNameSchema,
  database: databaseNameSchema,
  name: databaseNameSchema.default('default'),
  makeDefault: z.boolean().default(false),
  username: z.string().min(1).optional(),
  password: z.string().optional(),
  token: z.string().min(1).optional(),
  auth: z.unknown().optional(),
  pool: poolSchema,
  retry: retrySchema,
  timeout: durationSchema.default(30_000),
  operationTimeout: durationSchema.default(30_000),
  pingInterval: durationSchema.default(15_000),
  pingTimeout: durationSchema.default(10_000),
  refreshMargin: durationSchema.default(60_000),
  slowQueryThreshold: durationSchema.optional(),
  queryBindings: z.boolean().default(false),
  openTelemetry: z.boolean().default(false),
  cache: cacheSchema,
}

const optionsSchema = z.strictObject(shape)

const NAMES: Readonly<Record<string, readonly string[]>> = {
  '': ['url', ...Object.keys(shape)],
  pool: POOL_OPTION_NAMES,
  retry: RETRY_OPTION_NAMES,
  cache: CACHE_OPTION_NAMES,
}

const BEGINNING = 'The connection cannot be made from these options'

/**
 * Checks options, or a connection string; everything wrong is named in one ConfigurationError. What is given nowhere else
 * comes from the environment.
 */
export function checkOptions(
  input: string | ConnectionOptions = {},
  environment: Environment = process.env,
): CheckedOptions {
  const properties: unknown = typeof input === 'string' ? { url: input } : input
  if (!isObject(properties) || Array.isArray(properties)) {
    throw issuesError(BEGINNING, [{ path: '', message: 'give an object, or a connection string' }])
  }
  const issues: OptionIssue[] = []
  const given = gatherOptions(properties, environment, (issue) => void issues.push(issue))
  const checked = applySchema(optionsSchema, given.options, { namesAt: (path) => NAMES[path] ?? [] })
  const auth = readAuthentication(given)
  issues.push(...checked.issues.map((issue) => withSource(issue, given)), ...auth.issues, ...poolInStore(given))
  if (!given.target || !checked.data || issues.length > 0) throw issuesError(BEGINNING, issues)
  const { username: _username, password: _password, token: _token, ...rest } = checked.data
  return { slowQueryThreshold: undefined, ...rest, target: given.target, auth: auth.data }
}

/** The name a user knows the option by, and where else something that is missing can come from. */
function withSource({ path, message }: OptionIssue, { nameOf }: GivenOptions): OptionIssue {
  const variable = environmentVariable(path)
  if (message === 'is missing' && variable) return { path, message: `is missing; give it, or set ${variable}` }
  return { path: nameOf(path), message }
}

function poolInStore({ target, options }: GivenOptions): readonly OptionIssue[] {
  if (target?.kind !== 'embedded' || options.pool === undefined || options.pool === false) return []
  const message =
    'is for servers only; this store lives in this process, where one engine serves all calls at once, and a pool ' +
    'would only queue them up before it'
  return [{ path: 'pool', message }]
}
