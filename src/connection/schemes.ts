import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigurationError } from '../errors.js'
import type { LinkTarget } from './bridge/link.js'

/** How the parts of a connection string become something the bridge can open. */
interface Scheme {
  readonly kind: LinkTarget['kind']
  target(parts: UrlParts): string
}

/** A connection string, taken apart without changing a character of the path. */
export interface UrlParts {
  readonly scheme: string
  /** Behind `://`, without the query. */
  readonly rest: string
  readonly query: URLSearchParams
}

const memory: Scheme = {
  kind: 'embedded',
  target: (parts) => {
    refuseQuery(parts)
    return 'mem://'
  },
}

const onDisk = (engine: string, fixed: Readonly<Record<string, string>> = {}): Scheme => ({
  kind: 'embedded',
  target: (parts) => {
    const query = new URLSearchParams({ ...Object.fromEntries(parts.query), ...fixed }).toString()
    return `${engine}:${directory(parts)}${query && `?${query}`}`
  },
})

const remote = (kind: 'websocket' | 'http'): Scheme => ({
  kind,
  target: (parts) => {
    refuseQuery(parts)
    const { scheme, rest } = parts
    const url = parseUrl(`${scheme}://${rest}`)
    return `${scheme}://${url.host}${endpoint(url.pathname)}`
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
  return { scheme: scheme.toLowerCase(), rest, query: new URLSearchParams(query) }
}

/** What the bridge has to open for a connection string. */
export function linkTarget(parts: UrlParts): LinkTarget {
  const scheme = Object.hasOwn(SCHEMES, parts.scheme) ? SCHEMES[parts.scheme] : undefined
  if (!scheme) {
    const known = Object.keys(SCHEMES).join(', ')
    throw new ConfigurationError(
      'UNKNOWN_SCHEME',
      `The url begins with "${parts.scheme}", which is no scheme of SurrealDB; use one of ${known}.`,
    )
  }
  return { kind: scheme.kind, url: scheme.target(parts) }
}

/** A URL of a remote scheme. */
export function parseUrl(url: string): URL {
  try {
    return new URL(url)
  } catch {
    throw new ConfigurationError('INVALID_OPTION', 'The url cannot be read; write it as ws://host:port.')
  }
}

function directory({ scheme, rest }: UrlParts): string {
  const path = scheme === 'file' && rest.startsWith('/') ? filePath(rest) : rest
  if (path === '')
    throw new ConfigurationError(
      'INVALID_OPTION',
      `The url has no path; write it as ${scheme}:///directory or ${scheme}://./directory.`,
    )
  return resolve(path)
}

function filePath(rest: string): string {
  try {
    return fileURLToPath(`file://${rest.replace(/#/g, '%23')}`)
  } catch {
    throw new ConfigurationError(
      'INVALID_OPTION',
      'The file url cannot be read; write "%" as %25, or use surrealkv://.',
    )
  }
}

/** Only an engine on disk takes options of its own. */
function refuseQuery({ query }: UrlParts): void {
  const [unknown] = query.keys()
  if (unknown !== undefined) throw new ConfigurationError('INVALID_OPTION', `The url has no option "${unknown}".`)
}

/** `/app/main` names a namespace and a database; the RPC endpoint is always `…/rpc`. */
function endpoint(pathname: string): string {
  return pathname.endsWith('/rpc') ? pathname : '/rpc'
}
