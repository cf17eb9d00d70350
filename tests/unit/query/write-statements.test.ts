import { describe, expect, it } from '@jest/globals'
import { Findings } from '../../../src/fields/findings.js'
import { LookupError, RecordId } from '../../../src/index.js'
import { buildCount, buildDelete, buildUpdate } from '../../../src/query/build-statements.js'
import { parseAssignments } from '../../../src/query/parse-assignments.js'
import { parseFilter } from '../../../src/query/parse-filter.js'
import { parseOrder } from '../../../src/query/parse-order.js'
import { queryOf, withConditions, withLimit, withStart } from '../../../src/query/query.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { Address, Person } from './people.js'

const meta = modelMetaOf(Person)
const everyone = queryOf(meta)
const adults = withConditions(everyone, parseFilter(meta, { age__gte: 18 }))
const oldest = withLimit({ ...adults, orderBy: [parseOrder(meta, '-age')] }, 2)
const text = (statement: Statement, version?: string) => compile(statement, dialectFor(version))
const grown = parseAssignments(meta, { age: 19 }, new Findings())

describe('the UPDATE of a query', () => {
  it('writes the names of the database', () => {
    const assignments = parseAssignments(
      meta,
      {
        name: 'Ann',
        address: new Address({ zip: '1' }),
        company: new RecordId('query_company', 1),
        age: undefined,
        height: null,
      },
      new Findings(),
    )
    expect(text(buildUpdate(adults, assignments))).toEqual({
      query:
        'UPDATE `query_person` SET `full_name` = $p0, `home` = $p1, `works_for` = $p2, `age` = NONE, `height` = $p3 WHERE (`age` >= $p4) RETURN VALUE true',
      bindings: { p0: 'Ann', p1: { 'postal code': '1' }, p2: new RecordId('query_company', 1), p3: null, p4: 18 },
    })
  })

  it('names the records of a slice', () => {
    expect(text(buildUpdate(oldest, grown))).toEqual({
      query:
        'UPDATE (SELECT VALUE `id` FROM (SELECT * FROM `query_person` WHERE (`age` >= $p0) ORDER BY `age` DESC LIMIT $p1)) SET `age` = $p2 RETURN VALUE true',
      bindings: { p0: 18, p1: 2, p2: 19 },
    })
    expect(text(buildUpdate(oldest, grown), 'surrealdb-3.0.2').query).toBe(
      'UPDATE (SELECT VALUE `id` FROM (SELECT * FROM (SELECT * FROM `query_person` WHERE (`age` >= $p0)) ORDER BY `age` DESC LIMIT $p1)) SET `age` = $p2 RETURN VALUE true',
    )
  })

  it('touches every record only when told so', () => {
    expect(() => buildUpdate(everyone, grown)).toThrow(
      new LookupError(
        'UNFILTERED_WRITE',
        'Person: update() without a filter would touch every record; if that is meant, call .allowAll() first.',
      ),
    )
    expect(text(buildUpdate({ ...everyone, allowAll: true }, grown)).query).toBe(
      'UPDATE `query_person` SET `age` = $p0 RETURN VALUE true',
    )
  })
})

describe('the DELETE of a query', () => {
  it('has the condition, or names the records of a slice', () => {
    expect(text(buildDelete(adults)).query).toBe('DELETE `query_person` WHERE (`age` >= $p0) RETURN VALUE true')
    expect(text(buildDelete(withStart(everyone, 5))).query).toBe(
      'DELETE (SELECT VALUE `id` FROM (SELECT * FROM `query_person` START $p0)) RETURN VALUE true',
    )
  })

  it('touches every record only when told so', () => {
    expect(() => buildDelete(everyone)).toThrow(expect.objectContaining({ code: 'UNFILTERED_WRITE' }))
    expect(text(buildDelete({ ...everyone, allowAll: true })).query).toBe('DELETE `query_person` RETURN VALUE true')
  })
})

describe('the count of a query', () => {
  it('needs no order', () => {
    const ordered = { ...adults, orderBy: oldest.orderBy }
    expect(text(buildCount(ordered)).query).toBe(
      'SELECT count() AS `total` FROM `query_person` WHERE (`age` >= $p0) GROUP ALL',
    )
  })

  it('counts what is in the slice', () => {
    expect(text(buildCount(oldest)).query).toBe(
      'SELECT count() AS `total` FROM (SELECT * FROM `query_person` WHERE (`age` >= $p0) ORDER BY `age` DESC LIMIT $p1) GROUP ALL',
    )
  })
})

describe('the fields of an update', () => {
  it.each([undefined, null, [], 'age', {}, new Map([['age', 1]])])('are not %p', (fields) => {
    expect(() => parseAssignments(meta, fields, new Findings())).toThrow(
      new LookupError('INVALID_VALUE', 'Person: update() takes an object with at least one field.'),
    )
  })

  it.each(['nope', 'full_name', 'id', 'address__city', 'constructor', '__proto__'])('are not called %s', (name) => {
    expect(() => parseAssignments(meta, Object.fromEntries([[name, 1]]), new Findings())).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FIELD', message: expect.stringMatching(/^Person has no field "/) }),
    )
  })

  it('are validated, all of them', () => {
    const findings = new Findings()
    parseAssignments(meta, { name: undefined, age: 'SECRET', active: 'SECRET' }, findings)
    expect(findings.issues).toEqual([
      expect.objectContaining({ path: ['name'], code: 'required' }),
      expect.objectContaining({ path: ['age'] }),
      expect.objectContaining({ path: ['active'] }),
    ])
    expect(JSON.stringify(findings)).not.toContain('SECRET')
  })
})
