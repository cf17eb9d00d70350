import type { Tables } from '../../surrealql/compiled-query.js'
import type { ExecutorOptions } from '../calls/executor.js'

interface AnyRequest {
  readonly method: string
  readonly params?: readonly unknown[] | undefined
}

/** The tables that a request may write. Of what the package has not made itself, that is every one, or none. */
export function writtenBy(request: AnyRequest, { writes }: ExecutorOptions = {}): Tables {
  return writes ?? (mayWrite(request) ? 'all' : NONE)
}

const NONE: Tables = new Set()

/** Whether the request may change anything. A sign-in may, by what its access is told to do. */
function mayWrite({ method, params }: AnyRequest): boolean {
  return method === 'query' ? WRITING.test(String(params?.[0])) : !READING.has(method)
}

const READING: ReadonlySet<string> = new Set([
  ...['ping', 'version', 'info', 'use', 'let', 'unset', 'invalidate', 'select', 'live', 'kill', 'begin', 'cancel'],
])

/** A word of a text without which it writes nothing; it may as well be the name of a field. */
const WRITING =
  /\b(?:create|insert|update|upsert|delete|relate|define|remove|alter|rebuild|import|commit|function|fn|mod|silo|api)\b/i
