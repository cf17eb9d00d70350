import { unknownName, type OptionIssue } from './option-issues.js'
import { POOL_OPTION_NAMES } from './pool-options.js'
import { RETRY_OPTION_NAMES } from './retry-options.js'
import { endpointOf, parseUrl, rpcPath, schemeOf, splitUrl, type Endpoint, type ReportUrl } from './schemes.js'

/** What a connection string holds. The options are as they were written, and not checked yet. */
export interface ConnectionString {
  /** Undefined when the url was reported as wrong. */
  readonly endpoint: Endpoint | undefined
  readonly options: Readonly<Record<string, unknown>>
}

/** Takes what is wrong. */
export type Report = (issue: OptionIssue) => void

type Reading = (text: string) => unknown

const asText: Reading = (text) => text
const asSwitch: Reading = (text) => (text === 'true' ? true : text === 'false' ? false : text)
/** What is no number stays a text: it is a duration, or the check of the option says what is wrong with it. */
const asNumber: Reading = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)

const READINGS: readonly (readonly [Reading, readonly string[]])[] = [
  [asText, ['namespace', 'database', 'name', 'username', 'password', 'token']],
  [
    asSwitch,
    ['makeDefault', 'queryBindings', 'openTelemetry', 'pool', 'retry', 'cache', 'pool.validate', 'retry.jitter'],
  ],
  [asNumber, ['timeout', 'operationTimeout', 'pingInterval', 'pingTimeout', 'slowQueryThreshold', 'refreshMargin']],
  [asNumber, POOL_OPTION_NAMES.filter((name) => name !== 'validate').map((name) => `pool.${name}`)],
  [asNumber, ['cache.ttl', 'cache.maxBytes']],
  [asNumber, RETRY_OPTION_NAMES.filter((name) => name !== 'jitter').map((name) => `retry.${name}`)],
]

/** What may stand behind the `?`, and how its text is read. */
const IN_QUERY = new Map(READINGS.flatMap(([reading, keys]) => keys.map((key) => [key, reading] as const)))

/**
 * Reads `ws://user:password@host/namespace/database?timeout=5s`; the path may also be the bare endpoint `/rpc`. `at` is what
 * the url is called in messages.
 */
export function readConnectionString(url: string, at: string, report: Report): ConnectionString {
  const parts = splitUrl(url)
  const reportUrl: ReportUrl = (message, code) => report({ path: at, message, ...(code && { code }) })
  const { own, others } = splitQuery(parts.query)
  const endpoint = endpointOf({ ...parts, query: others }, reportUrl)
  if (!endpoint) return { endpoint, options: {} }

  const unknown = [...own.keys(), ...(schemeOf(parts)?.takesQuery ? [] : others.keys())].filter(
    (key) => !IN_QUERY.has(key),
  )
  // what looks like a name may be the end of a password: ws://root:12?secret@host
  if (unknown.length > 0 && /@|%40/.test(parts.query.toString())) reportUrl(UNREADABLE)
  else for (const key of unknown) report({ path: key, message: unknownName(key, [...IN_QUERY.keys()]) })

  const beforeQuery = endpoint.kind === 'embedded' ? {} : readBeforeQuery(parseUrl(parts, reportUrl), reportUrl)
  return { endpoint, options: { ...beforeQuery, ...readQuery(own, report) } }
}

const UNREADABLE =
  'cannot be read; write "%" as %25, and within a name or a password "@" as %40, "/" as %2F, "?" as %3F, "#" as %23'

/** This package's own part of the query, and what may be the engine's: `surrealkv://./data?sync=every`. */
function splitQuery(query: URLSearchParams): { readonly own: URLSearchParams; readonly others: URLSearchParams } {
  const own = new URLSearchParams()
  const others = new URLSearchParams()
  for (const [key, text] of query) {
    const isOwn = IN_QUERY.has(key) || /^(pool|retry|cache)\./.test(key)
    const side = isOwn ? own : others
    side.append(key, text)
  }
  return { own, others }
}

/** User, password, namespace and database of a server's url. */
function readBeforeQuery(url: URL | undefined, report: ReportUrl): Record<string, string> {
  if (!url) return {}
  const names = rpcPath(url.pathname) === undefined ? url.pathname.split('/').filter(Boolean) : []
  const written = { username: url.username, password: url.password, namespace: names[0], database: names[1] }
  const read = Object.entries(written).flatMap(([key, text]) => (text ? [[key, decode(text)] as const] : []))
  const isReadable = url.hash === '' && !url.pathname.includes('@') && read.every(([, text]) => text !== undefined)
  if (!isReadable) report(UNREADABLE)
  else if (names.length > 2) report('has a path of more than two names; it is /namespace/database')
  else return Object.fromEntries(read) as Record<string, string>
  return {}
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function readQuery(query: URLSearchParams, report: Report): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  const groups: Record<string, Record<string, unknown>> = {}
  for (const [key, read] of IN_QUERY) {
    const [text, ...more] = query.getAll(key)
    if (text === undefined) continue
    if (more.length > 0) report({ path: key, message: 'is given more than once' })
    const [group, name] = key.split('.')
    if (group !== undefined && name !== undefined) groups[group] = { ...groups[group], [name]: read(text) }
    else options[key] = read(text)
  }
  for (const [group, given] of Object.entries(groups)) {
    if (options[group] === false) report({ path: group, message: 'is off, and has options all the same' })
    if (options[group] === undefined || options[group] === true) options[group] = given
  }
  return options
}
