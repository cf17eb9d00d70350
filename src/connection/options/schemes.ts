import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CodeOf } from '../../errors.js'
import type { LinkTarget } from '../bridge/link.js'

/** How the parts of a url become something the bridge can open. */
interface Scheme {
  readonly kind: LinkTarget['kind']
  /** Whether an engine reads what else stands in the query. */
  readonly takesQuery: boolean
  endpoint(parts: UrlParts, report: ReportUrl): string | undefined
}

/** Takes what is wrong with a url. The words are put behind its name: `url: has no path; …`. */
export type ReportUrl = (message: string, code?: CodeOf<'ConfigurationError'>) => void

/** A connection string, taken apart without changing a character of the path. */
export interface UrlParts {
  readonly scheme: string
  /** Behind `://`, without the query. */
  readonly rest: string
  readonly query: URLSearchParams
}

/** One place the bridge can open. */
export interface Endpoint {
  readonly kind: LinkTarget['kind']
  readonly url: string
}

const memory: Scheme = {
  kind: 'embedded',
  takesQuery: false,
  endpoint: ({ rest }, report) => {
    if (rest === '' || rest === '/') return 'mem://'
    report('holds more than its scheme; give namespace, database, username and password as options, or behind a "?"')
    return undefined
  },
}

const onDisk = (engine: string, fixed: Readonly<Record<string, string>> = {}): Scheme => ({
  kind: 'embedded',
  takesQuery: true,
  endpoint: (parts, report) => {
    const path = directory(parts, report)
    const query = new URLSearchParams({ ...Object.fromEntries(parts.query), ...fixed }).toString()
    return path && `${engine}:${path}${query && `?${query}`}`
  },
})

const remote = (kind: 'websocket' | 'http'): Scheme => ({
  kind,
  takesQuery: false,
  endpoint: (parts, report) => {
    const url = parseUrl(parts, report)
    return url && `${parts.scheme}://${url.host}${rpcPath(url.pathname) ?? '/rpc'}`
  },
})

/** `file` is SurrealKV: it can be opened again in one process, and needs less memory than RocksDB. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  mem: memory,
  memory,
  surrealkv: onDisk('surrealkv'),
  'surrealkv+versioned': onDisk('surrealkv', { versioned: 'true' }),
  file: onDisk('surrealkv'),
  rocksdb: onDisk('rocksdb'),
  ws: remote('websocket'),
  wss: remote('websocket'),
  http: remote('http'),
  https: remote('http'),
}

/** Takes a connection string apart. */
export function splitUrl(url: string): UrlParts {
  const [, scheme = '', rest = '', query = ''] = /^([a-z][a-z+]*)(?::(?:\/\/)?([^?]*)(?:\?(.*))?)?$/is.exec(url) ?? []
  const isScheme = url.includes(':') || isKnown(scheme.toLowerCase())
  return { scheme: isScheme ? scheme.toLowerCase() : '', rest, query: new URLSearchParams(query) }
}

function isKnown(scheme: string): boolean {
  return Object.hasOwn(SCHEMES, scheme)
}

/** The scheme of a url, when there is such a one. */
export function schemeOf({ scheme }: UrlParts): Scheme | undefined {
  return isKnown(scheme) ? SCHEMES[scheme] : undefined
}

/** What the bridge has to open for a url; undefined when something was reported. */
export function endpointOf(parts: UrlParts, report: ReportUrl): Endpoint | undefined {
  const scheme = schemeOf(parts)
  if (!scheme) {
    const beginning = parts.scheme === '' ? 'has no scheme' : `begins with "${parts.scheme}", which is no scheme`
    report(`${beginning} of SurrealDB; use one of ${Object.keys(SCHEMES).join(', ')}`, 'UNKNOWN_SCHEME')
    return undefined
  }
  const url = scheme.endpoint(parts, report)
  return url === undefined ? undefined : { kind: scheme.kind, url }
}

/** A URL of a remote scheme; undefined when that was reported. */
export function parseUrl({ scheme, rest }: UrlParts, report: ReportUrl): URL | undefined {
  try {
    return new URL(`${scheme}://${rest}`)
  } catch {
    report('cannot be read; write it as ws://host:port')
    return undefined
  }
}

/** The RPC endpoint is always `…/rpc`; every other path names a namespace and a database. */
export function rpcPath(pathname: string): string | undefined {
  return /^.*\/rpc(?=\/?$)/.exec(pathname)?.[0]
}

function directory({ scheme, rest }: UrlParts, report: ReportUrl): string | undefined {
  if (rest === '') {
    report(`has no path; write it as ${scheme}:///directory or ${scheme}://./directory`)
    return undefined
  }
  if (/^[^/\\]*:[^/\\]*@/.test(rest)) {
    report('has a user and a password in front of its path; give them as the options username and password')
    return undefined
  }
  const path = scheme === 'file' && rest.startsWith('/') ? filePath(rest, report) : rest
  return path && resolve(path)
}

function filePath(rest: string, report: ReportUrl): string | undefined {
  try {
    return fileURLToPath(`file://${rest.replace(/#/g, '%23')}`)
  } catch {
    report('is no file url that can be read; write "%" as %25, or use surrealkv://')
    return undefined
  }
}
