import { randomUUID } from 'node:crypto'
import { DatabaseError, SurrealEngineError } from '../../errors.js'
import { isObject } from '../../values.js'
import type { StatementOutcome } from './executor.js'
import { detailKind, translateError, type ServerError } from './translate-error.js'
import type { ValueCodec } from './value-codec.js'

/** One request of SurrealDB's RPC protocol. */
export interface RpcRequest {
  readonly method: string
  readonly params: readonly unknown[]
  /** The transaction it belongs to. */
  readonly txn?: unknown
}

const prefix = randomUUID()
let count = 0

/** A request as bytes, with the id its reply is found by. */
export interface EncodedRequest {
  readonly id: string
  readonly bytes: Uint8Array
}

export function encodeRequest(codec: ValueCodec, request: RpcRequest): EncodedRequest {
  const id = `${prefix}-${(count++).toString(36)}`
  return { id, bytes: codec.encode({ id, ...request }) }
}

/**
 * The result in a reply. Embedded stores answer with the bare result or `{ error }`, servers with `{ id, result }` or
 * `{ id, error }`.
 */
export function decodeReply(codec: ValueCodec, bytes: Uint8Array, bare: boolean): unknown {
  const reply = decodeBytes(codec, bytes)
  const { error, result } = isObject(reply) ? (reply as { error?: ServerError; result?: unknown }) : {}
  if (isObject(error) && typeof error.message === 'string') throw translateError(error)
  if (bare) return reply
  if (!isObject(reply))
    throw new DatabaseError(
      'UNEXPECTED_RESPONSE',
      'The server answered with something that is no RPC reply; check the url.',
    )
  return result
}

function decodeBytes(codec: ValueCodec, bytes: Uint8Array): unknown {
  try {
    return codec.decode(bytes)
  } catch (cause) {
    if (cause instanceof SurrealEngineError) throw cause
    throw new DatabaseError('UNEXPECTED_RESPONSE', 'The server answered with bytes that are no reply; check the url.', {
      cause,
    })
  }
}

/** What the database says of one statement. */
export interface StatementReply {
  readonly status: 'OK' | 'ERR'
  readonly result: unknown
  readonly kind?: string
  readonly details?: unknown
}

/** What came of the statements of a query. */
export interface QueryOutcome {
  /** One per statement. */
  readonly results: readonly unknown[]
  /** The statement that really failed, not those it took along. */
  readonly error: SurrealEngineError | undefined
  /** Whether a statement succeeded although another one failed: it stays in the database. */
  readonly isPartial: boolean
}

const BEGINS_TRANSACTION = /^\s*BEGIN\b/i

/** @param text what was asked */
export function queryOutcome(reply: unknown, text = ''): QueryOutcome {
  const statements = reply as readonly StatementReply[]
  // to begin a transaction succeeds in any case
  const { error, isPartial } = failuresIn(statements, BEGINS_TRANSACTION.test(text) ? 1 : 0)
  return {
    results: statements.map(({ result }) => result),
    error,
    isPartial,
  }
}

/** What came of each statement by itself. */
export function statementOutcomes(reply: unknown): readonly StatementOutcome[] {
  return (reply as readonly StatementReply[]).map((statement) => {
    if (statement.status !== 'ERR') return { value: statement.result }
    const error = toServerError(statement)
    return { error: translateError(error), isConsequence: isConsequence(error) }
  })
}

/** Why the first of the statements failed that really did; `always` is how many of them succeed in any case. */
export function failuresIn(
  statements: readonly StatementReply[],
  always = 0,
): { readonly count: number; readonly error: SurrealEngineError | undefined; readonly isPartial: boolean } {
  const failed = statements.filter(({ status }) => status === 'ERR').map(toServerError)
  const cause = failed.find((error) => !isConsequence(error)) ?? failed[0]
  const isPartial = failed.length > 0 && failed.length < statements.length - always
  return { count: failed.length, error: cause && translateError(cause, isPartial), isPartial }
}

function toServerError({ result, kind, details }: StatementReply): ServerError {
  return { message: String(result), ...(kind !== undefined && { kind }), details }
}

/** In a failed transaction every statement fails, most of them only because another one did. */
function isConsequence({ message, details }: ServerError): boolean {
  const kind = detailKind(details)
  if (/can be retried/i.test(message)) return false
  return kind === 'NotExecuted' || kind === 'Cancelled' || /due to a (failed|cancelled) transaction$/.test(message)
}
