import { describe, expect, it } from '@jest/globals'
import { Findings } from '../../../src/fields/findings.js'
import { DateTime, Q, RecordId } from '../../../src/index.js'
import { buildCount, buildDelete, buildSelect, buildUpdate } from '../../../src/query/build-statements.js'
import { parseAssignments } from '../../../src/query/parse-assignments.js'
import { parseCondition } from '../../../src/query/parse-condition.js'
import { parseOrder } from '../../../src/query/parse-order.js'
import { queryOf, withConditions, withLimit, type Query } from '../../../src/query/query.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { afterWrites, dialectFor } from '../../../src/surrealql/dialect.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { Person } from './people.js'

const meta = modelMetaOf(Person)
const ann = new RecordId('query_person', 'ann')
const bob = new RecordId('query_person', 'bob')
const asked = (filter: object): Query => withConditions(queryOf(meta), [parseCondition(meta, filter)!])
const two = asked({ id__in: ['ann', 'bob'] })
const text = (statement: Statement, version?: string) => compile(statement, dialectFor(version))
const grown = parseAssignments(meta, { age: 19 }, new Findings())

describe('records that are asked for by their ids', () => {
  it('are read without a look at the others', () => {
    expect(text(buildSelect(two))).toEqual({ query: 'SELECT * FROM (SELECT * FROM $p0)', bindings: { p0: [ann, bob] } })
    expect(text(buildSelect(asked({ id__in: [] })))).toEqual({
      query: 'SELECT * FROM (SELECT * FROM $p0)',
      bindings: { p0: [] },
    })
  })

  it('are each read once', () => {
    expect(text(buildSelect(asked({ id__in: ['ann', ann, 'bob', 'ann'] }))).bindings).toEqual({ p0: [ann, bob] })
  })

  it('keep the other conditions, the order and the slice', () => {
    const query = { ...asked({ age__gte: 18, id__in: ['ann', 'bob'], name: 'x' }), orderBy: [parseOrder(meta, 'age')] }
    expect(text(buildSelect(withLimit(query, 1)))).toEqual({
      query:
        'SELECT * FROM (SELECT * FROM $p0) WHERE ((`age` >= $p1) AND (`full_name` = $p2)) ORDER BY `age` ASC LIMIT $p3',
      bindings: { p0: [ann, bob], p1: 18, p2: 'x', p3: 1 },
    })
    expect(text(buildSelect(withLimit(two, 1)), 'surrealdb-3.0.2').query).toBe(
      'SELECT * FROM (SELECT * FROM $p0) LIMIT $p1',
    )
  })

  it('are read of the moment that is asked for', () => {
    const moment = new DateTime(new Date(0))
    expect(text(buildSelect({ ...two, version: moment, timeout: 1 })).query).toBe(
      'SELECT * FROM (SELECT * FROM $p0 VERSION $p1) TIMEOUT $p2',
    )
  })

  it('are counted without those that are not there', () => {
    expect(text(buildCount(two)).query).toBe('SELECT count() AS `total` FROM (SELECT * FROM $p0) GROUP ALL')
  })

  it('are changed and deleted by their ids, one as well as several', () => {
    expect(text(buildUpdate(two, grown))).toEqual({
      query: 'UPDATE $p0 SET `age` = $p1 RETURN VALUE true',
      bindings: { p0: [ann, bob], p1: 19 },
    })
    expect(text(buildDelete(asked({ id: 'ann', age: 3 })))).toEqual({
      query: 'DELETE $p0 WHERE (`age` = $p1) RETURN VALUE true',
      bindings: { p0: [ann], p1: 3 },
    })
  })

  it('are looked for where the engine loses ids, and where an index is chosen', () => {
    const inTransaction = (statement: Statement) => compile(statement, afterWrites(dialectFor(undefined))).query
    expect(inTransaction(buildSelect(two))).toBe('SELECT * FROM `query_person` WHERE (`id` IN $p0)')
    expect(inTransaction(buildUpdate(two, grown))).toBe(
      'UPDATE `query_person` SET `age` = $p0 WHERE (`id` IN $p1) RETURN VALUE true',
    )
    expect(text(buildSelect({ ...two, indexes: 'none' })).query).toBe(
      'SELECT * FROM `query_person` WITH NOINDEX WHERE (`id` IN $p0)',
    )
  })

  it.each<[string, object]>([
    ['one id, which the engine finds by itself', { id: 'ann' }],
    ['a choice', Q({ id__in: ['ann'] }).or({ age: 1 })],
    ['what is left out', { id__nin: ['ann'] }],
    ['a negation', Q({ id__in: ['ann'] }).not()],
    ['a link', { company__in: [new RecordId('query_company', 1)] }],
  ])('%s stays a condition', (_, filter) => {
    expect(text(buildSelect(asked(filter))).query).toMatch(/^SELECT \* FROM `query_person` WHERE /)
  })
})
