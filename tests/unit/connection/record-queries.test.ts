import { describe, expect, it, test } from '@jest/globals'
import { functionQuery } from '../../../src/connection/records/function-query.js'
import { Queryable } from '../../../src/connection/records/queryable.js'
import {
  createQuery,
  deleteQuery,
  insertQuery,
  insertRelationQuery,
  mergeQuery,
  patchQuery,
  relateQuery,
  selectQuery,
  updateQuery,
  upsertQuery,
} from '../../../src/connection/records/record-queries.js'
import type { PatchOperation } from '../../../src/connection/records/record-types.js'
import type { RpcRequest } from '../../../src/connection/calls/rpc.js'
import { LookupError } from '../../../src/errors.js'
import type { CompiledQuery } from '../../../src/surrealql/compiled-query.js'
import { BoundExcluded, BoundIncluded, RecordId, RecordIdRange, Table } from '../../../src/values.js'

const ann = new RecordId('person', 'ann')
const bob = new RecordId('person', 'bob')
const range = new RecordIdRange('person', new BoundIncluded(1), new BoundExcluded(5))
const table = new Table('person')
const likes = new Table('likes')
const data = { name: "it's", id: 7 }
const steps: readonly PatchOperation[] = [{ op: 'remove', path: '/name' }]

const QUERIES: readonly (readonly [string, CompiledQuery, string, object])[] = [
  ['select a record', selectQuery(ann), 'SELECT * FROM ONLY $target', { target: ann }],
  ['select a table', selectQuery(table), 'SELECT * FROM $target', { target: table }],
  ['select a table by name', selectQuery('person'), 'SELECT * FROM $target', { target: table }],
  ['select a range', selectQuery(range), 'SELECT * FROM $target', { target: range }],
  ['create a record', createQuery(ann, data), 'CREATE ONLY $target CONTENT $data', { target: ann, data }],
  ['create in a table', createQuery('person', data), 'CREATE $target CONTENT $data', { target: table, data }],
  ['create without data', createQuery(ann), 'CREATE ONLY $target', { target: ann }],
  ['create with no fields', createQuery(ann, {}), 'CREATE ONLY $target CONTENT $data', { target: ann, data: {} }],
  ['update a record', updateQuery(ann, data), 'UPDATE ONLY $target CONTENT $data', { target: ann, data }],
  ['update a range', updateQuery(range, data), 'UPDATE $target CONTENT $data', { target: range, data }],
  ['update without data', updateQuery(table), 'UPDATE $target', { target: table }],
  ['upsert a record', upsertQuery(ann, data), 'UPSERT ONLY $target CONTENT $data', { target: ann, data }],
  ['upsert a table', upsertQuery('person', data), 'UPSERT $target CONTENT $data', { target: table, data }],
  ['upsert without data', upsertQuery(ann), 'UPSERT ONLY $target', { target: ann }],
  ['merge into a record', mergeQuery(ann, data), 'UPDATE ONLY $target MERGE $data', { target: ann, data }],
  ['merge into a table', mergeQuery('person', data), 'UPDATE $target MERGE $data', { target: table, data }],
  [
    'patch a record',
    patchQuery(ann, steps),
    'UPDATE ONLY $target PATCH $operations',
    { target: ann, operations: steps },
  ],
  ['patch a range', patchQuery(range, steps), 'UPDATE $target PATCH $operations', { target: range, operations: steps }],
  ['delete a record', deleteQuery(ann), 'DELETE ONLY $target RETURN BEFORE', { target: ann }],
  ['delete a table', deleteQuery(table), 'DELETE $target RETURN BEFORE', { target: table }],
  ['insert one', insertQuery(data, 'person'), 'INSERT INTO $table $data', { table, data }],
  ['insert many', insertQuery([data, {}], table), 'INSERT INTO $table $data', { table, data: [data, {}] }],
  [
    'insert with whole ids',
    insertQuery([{ id: ann }, { id: bob }]),
    'INSERT $data',
    { data: [{ id: ann }, { id: bob }] },
  ],
  ['insert one with its whole id', insertQuery({ id: ann }), 'INSERT $data', { data: { id: ann } }],
  [
    'insert an edge',
    insertRelationQuery({ in: ann, out: bob }, 'likes'),
    'INSERT RELATION INTO $table $data',
    { table: likes, data: { in: ann, out: bob } },
  ],
  [
    'relate two records',
    relateQuery({ from: ann, edge: 'likes', to: bob, data }),
    'RELATE ONLY $from->$edge->$to CONTENT $data',
    { from: ann, edge: likes, to: bob, data },
  ],
  [
    'relate by an edge with an id',
    relateQuery({ from: ann, edge: new RecordId('likes', 1), to: bob }),
    'RELATE ONLY $from->$edge->$to',
    { from: ann, edge: new RecordId('likes', 1), to: bob },
  ],
  [
    'relate many records',
    relateQuery({ from: [ann], edge: likes, to: bob }),
    'RELATE $from->$edge->$to',
    { from: [ann], edge: likes, to: bob },
  ],
  [
    'call a function',
    functionQuery('fn::a::b_1', [1, undefined]),
    'RETURN fn::a::b_1($p0, $p1)',
    { p0: 1, p1: undefined },
  ],
  ['call one without arguments', functionQuery('rand'), 'RETURN rand()', {}],
  ['call a model', functionQuery('ml::price', [1], '1.10.0'), 'RETURN ml::price<1.10.0>($p0)', { p0: 1 }],
]

test.each(QUERIES)('%s', (_, compiled, query, bindings) => {
  expect(compiled).toEqual({ query, bindings })
})

const thrownBy = (run: () => unknown): LookupError => {
  try {
    run()
  } catch (error) {
    return error as LookupError
  }
  throw new Error('nothing was thrown')
}

describe('refused, without showing the value', () => {
  const SECRET = 'sEcReT'
  const wrong: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['a record id as text', () => selectQuery(`person:${SECRET}`), /pass new RecordId\(/],
    ['a quoted record id as text', () => deleteQuery(`person:⟨${SECRET}⟩`), /pass new RecordId\(/],
    ['a record id as text for a table', () => insertQuery({}, `person:${SECRET}`), /pass new RecordId\(/],
    ['an empty name', () => selectQuery(''), /is empty/],
    ['null', () => selectQuery(null as never), /The target has to be a RecordId, a RecordIdRange, a Table/],
    ['a number', () => updateQuery(7 as never, {}), /The target has to be/],
    ['a list of records', () => deleteQuery([ann] as never), /The target has to be/],
    ['a range to create', () => createQuery(range as never), /not a range/],
    ['data that is null', () => createQuery(ann, null as never), /has to be an object/],
    ['data that is text', () => updateQuery(ann, SECRET as never), /has to be an object/],
    ['data that is a list', () => mergeQuery(ann, [SECRET]), /has to be an object/],
    ['a row that is text', () => insertQuery([{}, SECRET], 'person'), /has to be an object/],
    ['rows without a table and an id', () => insertQuery([{ id: ann }, { id: SECRET }]), /needs a RecordId as its id/],
    ['a record as the table of an insert', () => insertRelationQuery({}, ann as never), /has to be a Table/],
    ['operations that are no list', () => patchQuery(ann, steps[0] as never), /list of JSON Patch steps/],
    ['an end that is text', () => relateQuery({ from: SECRET as never, edge: 'likes', to: bob }), /"from" of relate/],
    ['an end in a list', () => relateQuery({ from: ann, edge: 'likes', to: [bob, SECRET] as never }), /"to" of relate/],
    ['one id for many edges', () => relateQuery({ from: [ann], edge: ann, to: bob }), /cannot have one id/],
    ['an edge as text of an id', () => relateQuery({ from: ann, edge: `likes:${SECRET}`, to: bob }), /new RecordId/],
    ['arguments that are no list', () => functionQuery('fn::a', SECRET as never), /as a list/],
    ['a version of no model', () => functionQuery('fn::a', [], '1.0.0'), /Only models/],
    ['a version that is none', () => functionQuery('ml::a', [], `1.0.0>(); ${SECRET}`), /'1\.0\.0'/],
    ...['', 'fn::', '::a', 'fn::a()', 'fn:a', 'fn::a b', 'fn::a;', 'a\n', '1a', 'fn::`a`', 'fn::é', 'x -- '].map(
      (name) =>
        [`the function ${JSON.stringify(name)}`, () => functionQuery(name), /takes the name of a function/] as const,
    ),
    ['a function that is no text', () => functionQuery(undefined as never), /takes the name of a function/],
  ]

  it.each(wrong)('%s', (_, run, message) => {
    const error = thrownBy(run)
    expect(error).toBeInstanceOf(LookupError)
    expect(error).toMatchObject({ code: 'INVALID_VALUE' })
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain(SECRET)
  })

  const missing: readonly (readonly [string, () => unknown])[] = [
    ['a target', () => selectQuery(undefined as never)],
    ['a target of create', () => createQuery(undefined as never, {})],
    ['data to merge', () => mergeQuery(ann, undefined as never)],
    ['operations', () => patchQuery(ann, undefined as never)],
    ['data to insert', () => insertQuery(undefined, 'person')],
    ['a row to insert', () => insertQuery([{}, undefined], 'person')],
    ['a table of edges', () => insertRelationQuery({}, undefined as never)],
    ['an end', () => relateQuery({ from: ann, edge: 'likes', to: undefined as never })],
    ['an edge', () => relateQuery({ from: ann, edge: undefined as never, to: bob })],
  ]

  it.each(missing)('%s that is undefined', (_, run) => {
    expect(thrownBy(run)).toMatchObject({
      code: 'UNDEFINED_VALUE',
      message: expect.stringContaining('undefined; pass'),
    })
  })
})

test('a table with a colon in its name can be meant', () => {
  const odd = new Table('a:b')
  expect(selectQuery(odd)).toEqual({ query: 'SELECT * FROM $target', bindings: { target: odd } })
})

/** Keeps what it is asked, and answers with the result 'first'. */
class Recorder extends Queryable {
  readonly serverVersion = undefined
  readonly asked: (readonly [RpcRequest, unknown])[] = []
  async request(request: RpcRequest, options?: object): Promise<unknown> {
    return this.requestSync(request, options)
  }
  requestSync(request: RpcRequest, options?: object): unknown {
    this.asked.push([request, options])
    return request.method === 'version' ? 'surrealdb-3.0.2' : ['first']
  }
}

describe('the methods', () => {
  const options = { timeout: '5s' } as const
  type Call = readonly [name: string, args: readonly unknown[], query: CompiledQuery]
  const calls: readonly Call[] = [
    ['select', [ann, options], selectQuery(ann)],
    ['create', [ann, data, options], createQuery(ann, data)],
    ['insert', ['person', data, options], insertQuery(data, 'person')],
    ['insert', [{ id: ann }, options], insertQuery({ id: ann })],
    ['insertRelation', ['likes', { in: ann, out: bob }, options], insertRelationQuery({ in: ann, out: bob }, 'likes')],
    ['update', [ann, data, options], updateQuery(ann, data)],
    ['upsert', [ann, data, options], upsertQuery(ann, data)],
    ['merge', [ann, data, options], mergeQuery(ann, data)],
    ['patch', [ann, steps, options], patchQuery(ann, steps)],
    ['delete', [ann, options], deleteQuery(ann)],
    ['relate', [ann, 'likes', bob, data, options], relateQuery({ from: ann, edge: 'likes', to: bob, data })],
    ['info', [options], { query: 'SELECT * FROM ONLY $auth', bindings: {} }],
  ]

  /** What only reads may be carried out twice; who asks is no matter of a transaction. */
  const marks: Readonly<Record<string, object>> = {
    select: { idempotent: true },
    info: { idempotent: true, ofSession: true },
  }

  it.each(calls)('send one query, with the options of the call: %s', async (name, args, { query, bindings }) => {
    const expected = { ...marks[name], ...options }
    for (const form of [name, `${name}Sync`]) {
      const recorder = new Recorder()
      const methods = recorder as unknown as Record<string, (...args: readonly unknown[]) => unknown>
      expect(await methods[form]!(...args)).toBe('first')
      expect(recorder.asked).toEqual([[{ method: 'query', params: [query, bindings] }, expected]])
    }
  })

  it('run() gives what the function gave', async () => {
    const recorder = new Recorder()
    expect([await recorder.run('fn::a', [1]), recorder.runSync('ml::a', [1], '1.0.0')]).toEqual(['first', 'first'])
    expect(recorder.asked.map(([{ params }]) => params)).toEqual([
      ['RETURN fn::a($p0)', { p0: 1 }],
      ['RETURN ml::a<1.0.0>($p0)', { p0: 1 }],
    ])
  })

  it('version() asks the database', async () => {
    const recorder = new Recorder()
    const version = { version: 'surrealdb-3.0.2' }
    expect([await recorder.version(options), recorder.versionSync()]).toEqual([version, version])
    expect(recorder.asked).toEqual([
      [{ method: 'version', params: [] }, options],
      [{ method: 'version', params: [] }, undefined],
    ])
  })

  it('of the async form reject, those of the blocking form throw; nothing is sent', async () => {
    const recorder = new Recorder()
    await expect(recorder.select(undefined as never)).rejects.toMatchObject({ code: 'UNDEFINED_VALUE' })
    expect(() => recorder.deleteSync('person:1')).toThrow(LookupError)
    expect(recorder.asked).toEqual([])
  })
})
