import { z } from 'zod'
import { ConfigurationError } from '../errors.js'
import type { LinkTarget } from './bridge/link.js'
import { durationSchema, type DurationInput } from './duration.js'
import { linkTarget, parseUrl, splitUrl, type UrlParts } from './schemes.js'

/** What `createConnection` can be told. */
export interface ConnectionOptions {
  /**
   * `ws wss http https` for a server; `mem` (or `memory`) for a store in memory; `surrealkv`, `surrealkv+versioned`,
   * `file` and `rocksdb` for a store in a directory. `file://` is SurrealKV.
   */
  readonly url: string
  readonly namespace?: string
  readonly database?: string
  /** The key in the registry. Default: `default`. */
  readonly name?: string
  /** Makes this the connection that is used when none is named. The first one is it anyway. */
  readonly makeDefault?: boolean
  /** A root user. On an embedded store without any root user it is created, as `surreal start --user` does. */
  readonly username?: string
  readonly password?: string
  /** A token to authenticate with, instead of a user. */
  readonly token?: string
  /** Deadline for opening. Milliseconds, or a duration such as `'30s'`. Default: 30 seconds. */
  readonly timeout?: DurationInput
  /** Deadline of each call. Milliseconds, or a duration such as `'30s'`. Default: 30 seconds. */
  readonly operationTimeout?: DurationInput
}

const name = z
  .string()
  .min(1)
  .refine((value) => !value.includes('\0'), 'must not hold a zero character')

const optionsSchema = z.strictObject({
  url: z.string().min(1),
  namespace: name,
  database: name,
  name: name.default('default'),
  makeDefault: z.boolean().default(false),
  username: z.string().min(1).optional(),
  password: z.string().optional(),
  token: z.string().min(1).optional(),
  timeout: durationSchema.default(30_000),
  operationTimeout: durationSchema.default(30_000),
})

/** Options after the check, with the defaults filled in and the url taken apart. */
export type CheckedOptions = Omit<z.output<typeof optionsSchema>, 'url'> & { readonly target: LinkTarget }

/** Checks options, or a connection string; everything wrong is named in one ConfigurationError. */
export function checkOptions(input: string | ConnectionOptions): CheckedOptions {
  const given: unknown = typeof input === 'string' ? { url: input } : input
  const url: unknown = typeof given === 'object' && given !== null ? (given as { url?: unknown }).url : undefined
  const parts = typeof url === 'string' ? splitUrl(url) : undefined
  const target = parts && linkTarget(withoutOptions(parts))
  const { data, error } = optionsSchema.safeParse(parts ? { ...optionsInUrl(parts), ...(given as object) } : given)
  if (!data || !target) throw new ConfigurationError('INVALID_OPTION', explain(error))
  if ((data.username === undefined) !== (data.password === undefined)) {
    throw new ConfigurationError('INVALID_OPTION', 'Give username and password together, or neither.')
  }
  if (data.token !== undefined && data.username !== undefined) {
    throw new ConfigurationError('INVALID_OPTION', 'Give either a token or username and password.')
  }
  const { url: _url, ...checked } = data
  return { ...checked, target }
}

const IN_QUERY = [
  'namespace',
  'database',
  'name',
  'username',
  'password',
  'token',
  'timeout',
  'operationTimeout',
] as const

/** `ws://user:password@host/namespace/database?timeout=5s`; the path may also be the bare endpoint `/rpc`. */
function optionsInUrl(parts: UrlParts): Partial<Record<string, unknown>> {
  const inQuery = Object.fromEntries(
    IN_QUERY.flatMap((key) => (parts.query.has(key) ? [[key, parts.query.get(key)]] : [])),
  )
  if (parts.query.has('makeDefault')) Object.assign(inQuery, { makeDefault: parts.query.get('makeDefault') === 'true' })
  if (!/^(ws|http)s?$/.test(parts.scheme)) return inQuery
  const { username, password, pathname } = parseUrl(`${parts.scheme}://${parts.rest}`)
  const [namespace, database] = pathname.endsWith('/rpc') ? [] : pathname.split('/').filter(Boolean).map(decode)
  return {
    ...(username && { username: decode(username), password: decode(password) }),
    ...(namespace && { namespace }),
    ...(database && { database }),
    ...inQuery,
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ConfigurationError('INVALID_OPTION', 'The url cannot be read: write "%" as %25.')
  }
}

/** What is left of the query belongs to the engine: `surrealkv://./data?sync=every`. */
function withoutOptions(parts: UrlParts): UrlParts {
  const query = new URLSearchParams(parts.query)
  for (const key of [...IN_QUERY, 'makeDefault']) query.delete(key)
  return { ...parts, query }
}

function explain(error: z.ZodError | undefined): string {
  const issues = error?.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  ) ?? ['url: is missing']
  return `The connection cannot be made from these options: ${issues.join('; ')}. Namespace and database are always needed.`
}
