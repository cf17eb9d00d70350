import { describe, expect, it } from '@jest/globals'
import { decodeReply, encodeRequest, queryOutcome } from '../../../src/connection/calls/rpc.js'
import { ValueCodec } from '../../../src/connection/calls/value-codec.js'
import { DatabaseError, SchemaError, TransactionConflictError } from '../../../src/errors.js'

const codec = new ValueCodec()
const decode = (reply: unknown, bare = false) => decodeReply(codec, codec.encode(reply), bare)

describe('a request', () => {
  it('has an id of its own, by which its reply is found', () => {
    const { id, bytes } = encodeRequest(codec, { method: 'query', params: ['RETURN $a', { a: 1 }] })
    expect(codec.decode(bytes)).toEqual({ id, method: 'query', params: ['RETURN $a', { a: 1 }] })
    expect(encodeRequest(codec, { method: 'ping', params: [] }).id).not.toBe(id)
  })
})

describe('a reply', () => {
  it('of a server has its result inside', () => {
    expect(decode({ id: 'x', result: [1] })).toEqual([1])
    expect(decode({ id: 'x', result: null })).toBeNull()
    expect(decode({ id: 'x' })).toBeUndefined()
  })

  it('of an embedded store is the result', () => {
    expect(decode([{ status: 'OK', result: 1 }], true)).toEqual([{ status: 'OK', result: 1 }])
    expect(decode('surrealdb-3.0.2', true)).toBe('surrealdb-3.0.2')
    expect(decode(null, true)).toBeNull()
  })

  it.each([true, false])('with an error throws it (bare: %p)', (bare) => {
    const reply = { error: { code: -32000, message: 'Parse error: Unexpected token', kind: 'Validation' } }
    expect(() => decode(reply, bare)).toThrow(expect.objectContaining({ code: 'INVALID_QUERY', kind: 'Validation' }))
  })

  it.each(['text', 7, null])('of something that is no database: %p', (reply) => {
    expect(() => decode(reply)).toThrow(
      new DatabaseError(
        'UNEXPECTED_RESPONSE',
        'The server answered with something that is no RPC reply; check the url.',
      ),
    )
  })
})

describe('the results of statements', () => {
  const ok = (result: unknown) => ({ status: 'OK', result })
  const failed = (result: string, kind?: string, details?: object) => ({ status: 'ERR', result, kind, details })
  const notExecuted = failed('The query was not executed due to a failed transaction', 'Query', { kind: 'NotExecuted' })
  const cancelled = failed('The query was not executed due to a cancelled transaction', 'Query', { kind: 'Cancelled' })
  const readOnly = failed('Found changed value for field `ro`, with record `a:1`, but field is readonly', 'Internal')

  it('are what each of them gave', () => {
    expect(queryOutcome([ok(1), ok(undefined), ok(null), ok([])])).toEqual({
      results: [1, undefined, null, []],
      error: undefined,
      isPartial: false,
    })
    expect(queryOutcome([]).results).toEqual([])
  })

  it.each([
    ['behind others', [notExecuted, cancelled, readOnly]],
    ['in front of others', [readOnly, notExecuted]],
    ['alone', [ok(1), readOnly, ok(2)]],
    ['told apart by words, as servers before 3 do', [failed(String(notExecuted.result)), readOnly]],
  ])('name the statement that really failed: %s', (_, statements) => {
    expect(queryOutcome(statements).error).toBeInstanceOf(SchemaError)
  })

  it('name a conflict, though it too was not executed', () => {
    const conflict = failed('Transaction conflict: Resource busy: . This transaction can be retried', 'Query', {
      kind: 'NotExecuted',
    })
    expect(queryOutcome([conflict]).error).toBeInstanceOf(TransactionConflictError)
    expect(queryOutcome([notExecuted, conflict]).error).toBeInstanceOf(TransactionConflictError)
  })

  it('name the first one when there are only consequences', () => {
    expect(queryOutcome([cancelled, notExecuted]).error).toMatchObject({ kind: 'Query.Cancelled' })
  })

  it('tell whether a part of them was carried out', () => {
    expect(queryOutcome([ok(1), readOnly]).isPartial).toBe(true)
    expect(queryOutcome([notExecuted, readOnly]).isPartial).toBe(false)
  })

  it('do not count the beginning of a transaction, which is undone with it', () => {
    const begun = ok(undefined)
    expect(queryOutcome([begun, notExecuted, readOnly], ' begin; UPDATE a; COMMIT').isPartial).toBe(false)
    expect(queryOutcome([begun, notExecuted, readOnly], 'LET $begin = 1; UPDATE a; UPDATE b').isPartial).toBe(true)
    expect(queryOutcome([begun, ok(1), readOnly], 'BEGIN; UPDATE a; COMMIT; UPDATE b').isPartial).toBe(true)
  })
})
