import type { LinkTarget } from '../bridge/link.js'
import { readConnectionString, type ConnectionString, type Report } from './connection-string.js'
import { environmentVariable } from './environment.js'
import type { Endpoint } from './schemes.js'

/** Where a database is, and the options that were written into its url. */
export interface ConnectionAddress {
  /** Undefined when the url was reported as wrong. */
  readonly target: LinkTarget | undefined
  readonly options: Readonly<Record<string, unknown>>
}

/** Reads one url, or the urls of the nodes of one cluster. `at` is what they are called in messages. */
export function readAddress(url: unknown, at: string, report: Report): ConnectionAddress {
  if (typeof url === 'string') {
    const { endpoint, options } = readConnectionString(url, at, report)
    return { target: endpoint && { kind: endpoint.kind, urls: [endpoint.url] }, options }
  }
  if (Array.isArray(url) && url.length > 0) return readNodes(url, at, report)
  const message =
    url === undefined
      ? `is missing; give it, or set ${environmentVariable('url')}`
      : 'must be a connection string, or a list of them'
  report({ path: at, message })
  return { target: undefined, options: {} }
}

function readNodes(urls: readonly unknown[], at: string, report: Report): ConnectionAddress {
  const nodes = Array.from(urls, (url, position): ConnectionString => {
    const place = `${at}[${position}]`
    if (typeof url === 'string') return readConnectionString(url, place, report)
    report({ path: place, message: 'must be a string' })
    return { endpoint: undefined, options: {} }
  })
  const endpoints = nodes.map(({ endpoint }) => endpoint)
  nodes.forEach((node, position) => {
    const message = nodeProblem(node, endpoints.slice(0, position))
    if (message !== undefined) report({ path: `${at}[${position}]`, message })
  })
  const [first] = endpoints
  const all = endpoints.filter((endpoint) => endpoint !== undefined)
  return {
    target: first && { kind: first.kind, urls: [first.url, ...all.slice(1).map(({ url }) => url)] },
    options: nodes[0]?.options ?? {},
  }
}

/** What is wrong with a node beside those before it. */
function nodeProblem(
  { endpoint, options }: ConnectionString,
  before: readonly (Endpoint | undefined)[],
): string | undefined {
  if (before.length === 0) return undefined
  if (Object.keys(options).length > 0) return 'has more than scheme, host and port; all else stands in the first url'
  if (!endpoint || !before[0]) return undefined
  if (endpoint.kind === 'embedded' || before[0].kind === 'embedded')
    return 'is one too many; a store in this process has one url'
  if (endpoint.kind !== before[0].kind)
    return 'is of another kind than the first; a list is all ws and wss, or all http and https'
  const same = before.findIndex((other) => other?.url === endpoint.url)
  return same < 0 ? undefined : `names the same place as the one at ${same}`
}
