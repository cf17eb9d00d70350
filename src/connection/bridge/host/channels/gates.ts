import { asText, cborEntry, cborText } from '../cbor-entry.js'
import type { Call } from './channel.js'
import { Turns } from './turns.js'

/** Whether a call waits in line, and whether it runs alone when its turn comes. */
export type Role = 'alone' | 'beside' | 'free'

/** What decides which calls of a channel run side by side. */
export interface Gate {
  readonly turns: Turns
  roleOf(call: Call): Role
}

/** The methods that write to the session of their channel. */
const CHANGES_SESSION = new Set([
  ...['use', 'let', 'set', 'unset', 'reset'],
  ...['signin', 'signup', 'authenticate', 'refresh', 'invalidate'],
])

/**
 * A call that changes the session runs alone on its channel. The engine locks its session for such a call, and a query beside
 * it can end up waiting for a lock that waits for the query: both would never end, and neither would any later call.
 */
export function sessionGate(): Gate {
  return { turns: new Turns(), roleOf: (call) => (CHANGES_SESSION.has(methodOf(call) ?? '') ? 'alone' : 'beside') }
}

/** The methods that neither begin a transaction nor end one with a commit. (`use` makes what is not there yet.) */
const WITHOUT_COMMIT = new Set([
  ...['ping', 'version', 'info', 'attach', 'detach', 'cancel', 'select'],
  ...['let', 'set', 'unset', 'reset', 'invalidate', 'authenticate'],
])

/**
 * A text without any of these only reads. A word may start anywhere: in front of the text stands its length, which can look
 * like a letter.
 */
const WRITES =
  /(create|update|upsert|delete|insert|relate|define|remove|alter|rebuild|live|kill|access|begin|commit|import)\b|(fn|mod|sequence|api|eval)::/i

/**
 * On a store in memory and on surrealkv, transactions begin and end one at a time, and so do the queries that are
 * transactions of their own. The engine (3.0.2) loses a write when two of them end at the same moment, or when one begins
 * while another one ends: it finds no conflict between them. What is asked within a transaction, and what only reads, waits
 * for nobody.
 *
 * @param turns of the whole store, whoever uses it
 */
export function commitGate(turns: Turns): Gate {
  return { turns, roleOf: (call) => (mayCommit(call) ? 'alone' : 'free') }
}

/** Whether a call begins a transaction, or may end one with a commit. */
export function mayCommit(call: Pick<Call, 'bytes' | 'lease'>): boolean {
  const method = methodOf(call) ?? ''
  if (method === 'query') return call.lease === undefined && WRITES.test(asText(call.bytes))
  return !WITHOUT_COMMIT.has(method)
}

function methodOf({ bytes }: Pick<Call, 'bytes'>): string | undefined {
  try {
    const method = cborEntry(bytes, 'method')
    return method && cborText(method)
  } catch {
    return undefined
  }
}
