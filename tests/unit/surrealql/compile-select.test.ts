import { describe, expect, it } from '@jest/globals'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { binary, bound, constant, idiom } from '../../../src/surrealql/nodes/expression.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import type { SelectStatement } from '../../../src/surrealql/nodes/select-statement.js'
import { RecordId } from '../../../src/values.js'
import { EVERY_DIALECT, LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

const all: SelectStatement = { kind: 'select', projection: { kind: 'all' }, from: { kind: 'table', table: 'person' } }
const where = binary(idiom('age'), '>', bound(18))
const orderBy = [
  { path: ['age'], direction: 'DESC' },
  { path: ['address', 'city'], direction: 'ASC' },
] as const

describe.each(EVERY_DIALECT)('a SELECT for %s', (_, dialect) => {
  const id = new RecordId('person', 1)

  it.each<[string, SelectStatement, string, Record<string, unknown>]>([
    ['all of a table', all, 'SELECT * FROM `person`', {}],
    ['a condition', { ...all, where }, 'SELECT * FROM `person` WHERE (`age` > $p0)', { p0: 18 }],
    [
      'an order',
      { ...all, orderBy: [{ path: ['id'], direction: 'ASC' }, orderBy[0]] },
      'SELECT * FROM `person` ORDER BY `id` ASC, `age` DESC',
      {},
    ],
    ['an empty order', { ...all, orderBy: [] }, 'SELECT * FROM `person`', {}],
    ['a limit', { ...all, limit: 5 }, 'SELECT * FROM `person` LIMIT $p0', { p0: 5 }],
    ['a limit of nothing', { ...all, limit: 0 }, 'SELECT * FROM `person` LIMIT $p0', { p0: 0 }],
    ['a slice', { ...all, limit: 5, start: 10 }, 'SELECT * FROM `person` LIMIT $p0 START $p1', { p0: 5, p1: 10 }],
    [
      'one record',
      { ...all, from: { kind: 'records', records: id }, only: true },
      'SELECT * FROM ONLY $p0',
      { p0: id },
    ],
    [
      'one value',
      { ...all, projection: { kind: 'value', value: constant('true') } },
      'SELECT VALUE true FROM `person`',
      {},
    ],
    [
      'a number of records',
      { ...all, projection: { kind: 'count', alias: 'total' }, where },
      `SELECT ${dialect.counts} AS \`total\` FROM \`person\` WHERE (\`age\` > $p0) GROUP ALL`,
      { p0: 18 },
    ],
    [
      'the result of another one',
      { ...all, from: { kind: 'select', select: { ...all, where } } },
      'SELECT * FROM (SELECT * FROM `person` WHERE (`age` > $p0))',
      { p0: 18 },
    ],
  ])('writes %s', (_kind, statement, query, bindings) => {
    expect(compile(statement, dialect)).toEqual({ query, bindings })
  })

  it('quotes every name', () => {
    const statement: SelectStatement = {
      ...all,
      projection: { kind: 'count', alias: 'a`b' },
      from: { kind: 'table', table: 'x; REMOVE TABLE y' },
    }
    expect(compile(statement, dialect).query).toBe(
      `SELECT ${dialect.counts} AS \`a\\\`b\` FROM \`x; REMOVE TABLE y\` GROUP ALL`,
    )
  })
})

describe('an order', () => {
  const ordered: SelectStatement = { ...all, orderBy }
  const plain = 'SELECT * FROM `person` ORDER BY `age` DESC, `address`.`city` ASC'

  it('is not taken from an index of 2 or 3.0, which lacks the records without a value', () => {
    const outside = 'SELECT * FROM (SELECT * FROM `person`) ORDER BY `age` DESC, `address`.`city` ASC'
    expect(compile(ordered, dialectFor('surrealdb-3.0.2')).query).toBe(outside)
    expect(compile(ordered, dialectFor('surrealdb-3.0.9')).query).toBe(outside)
    expect(compile(ordered, dialectFor('surrealdb-3.1.0')).query).toBe(plain)
    expect(compile({ ...all, orderBy: [orderBy[0]] }, VERSION_2).query).toBe(
      'SELECT * FROM (SELECT * FROM `person`) ORDER BY `age` DESC',
    )
  })

  it('is that of the engine where no index can answer it', () => {
    const noIndex = 'SELECT * FROM `person` WITH NOINDEX ORDER BY `age` DESC, `address`.`city` ASC'
    expect(compile({ ...ordered, indexes: 'none' }, LIMIT_BUG).query).toBe(noIndex)
    const from = { kind: 'records', records: [] } as const
    expect(compile({ ...ordered, from }, LIMIT_BUG).query).toBe(
      'SELECT * FROM $p0 ORDER BY `age` DESC, `address`.`city` ASC',
    )
  })
})

describe('a condition with a limit', () => {
  const sliced: SelectStatement = { ...all, where, orderBy, limit: 3, start: 1 }
  const plain =
    'SELECT * FROM `person` WHERE (`age` > $p0) ORDER BY `age` DESC, `address`.`city` ASC LIMIT $p1 START $p2'

  it('is one statement for the newest server', () => {
    expect(compile(sliced, NEWEST)).toEqual({ query: plain, bindings: { p0: 18, p1: 3, p2: 1 } })
  })

  it('is one statement for 2.6.1, where no order is asked for', () => {
    expect(compile({ ...all, where, limit: 3 }, VERSION_2).query).toBe(
      'SELECT * FROM `person` WHERE (`age` > $p0) LIMIT $p1',
    )
  })

  it('stands in a sub-select for 3.0.2, which would limit first and filter afterwards', () => {
    expect(compile(sliced, LIMIT_BUG)).toEqual({
      query:
        'SELECT * FROM (SELECT * FROM `person` WHERE (`age` > $p0)) ORDER BY `age` DESC, `address`.`city` ASC LIMIT $p1 START $p2',
      bindings: { p0: 18, p1: 3, p2: 1 },
    })
  })

  it('stands in a sub-select for 3.0.2 with just a start, and inside a count of a slice', () => {
    const started: SelectStatement = { ...all, where, start: 1 }
    expect(compile(started, LIMIT_BUG).query).toBe(
      'SELECT * FROM (SELECT * FROM `person` WHERE (`age` > $p0)) START $p1',
    )
    const counted: SelectStatement = {
      kind: 'select',
      projection: { kind: 'count', alias: 'total' },
      from: { kind: 'select', select: { ...all, where, limit: 2 } },
    }
    expect(compile(counted, LIMIT_BUG).query).toBe(
      'SELECT count() AS `total` FROM (SELECT * FROM (SELECT * FROM `person` WHERE (`age` > $p0)) LIMIT $p1) GROUP ALL',
    )
  })

  it('keeps projection and ONLY outside of the sub-select', () => {
    const statement: SelectStatement = {
      ...all,
      projection: { kind: 'value', value: idiom('name') },
      where,
      limit: 1,
      only: true,
    }
    expect(compile(statement, LIMIT_BUG).query).toBe(
      'SELECT VALUE `name` FROM ONLY (SELECT * FROM `person` WHERE (`age` > $p0)) LIMIT $p1',
    )
  })
})
