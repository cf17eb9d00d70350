import { describe, expect, it } from '@jest/globals'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { binary, bound, constant, idiom } from '../../../src/surrealql/nodes/expression.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { RecordId } from '../../../src/values.js'
import { EVERY_DIALECT, LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

const id = new RecordId('person', 'ann')
const record = { kind: 'records', records: id } as const
const table = { kind: 'table', table: 'person' } as const
const where = binary(idiom('age'), '>', bound(18))
const sliced = { kind: 'select', projection: { kind: 'value', value: idiom('id') }, from: table, limit: 2 } as const
const assignments = [
  { path: ['name'], value: bound('Ann') },
  { path: ['address', 'city'], value: constant('NONE') },
]

describe.each(EVERY_DIALECT)('a write for %s', (_, dialect) => {
  it.each<[string, Statement, string, Record<string, unknown>]>([
    [
      'a CREATE with a new id',
      { kind: 'create', target: table, content: { name: 'Ann' } },
      'CREATE ONLY `person` CONTENT $p0',
      { p0: { name: 'Ann' } },
    ],
    [
      'a CREATE with a given id',
      { kind: 'create', target: record, content: {} },
      'CREATE ONLY $p0 CONTENT $p1',
      { p0: id, p1: {} },
    ],
    [
      'an INSERT',
      { kind: 'insert', table: 'per`son', rows: [{ n: 1 }, { n: 2 }] },
      'INSERT INTO `per\\`son` $p0',
      { p0: [{ n: 1 }, { n: 2 }] },
    ],
    [
      'an INSERT that leaves out what is there',
      { kind: 'insert', table: 'person', rows: [{}], relation: true, onConflict: 'ignore' },
      'INSERT RELATION IGNORE INTO `person` $p0',
      { p0: [{}] },
    ],
    [
      'an INSERT that changes what is there',
      {
        kind: 'insert',
        table: 'person',
        rows: [{}],
        onConflict: { take: ['a`b', 'c'], set: { at: 5 }, increment: ['version'] },
      },
      'INSERT INTO `person` $p0 ON DUPLICATE KEY UPDATE `a\\`b` = $input.`a\\`b`, `c` = $input.`c`, `at` = $p1, `version` += 1',
      { p0: [{}], p1: 5 },
    ],
    [
      'an UPDATE of records that are named',
      { kind: 'update', target: { ...table, ids: [id] }, assignments, where, returning: 'marker' },
      'UPDATE $p0 SET `name` = $p1, `address`.`city` = NONE WHERE (`age` > $p2) RETURN VALUE true',
      { p0: [id], p1: 'Ann', p2: 18 },
    ],
    [
      'an UPDATE with a condition',
      { kind: 'update', target: table, assignments, where, returning: 'marker' },
      'UPDATE `person` SET `name` = $p0, `address`.`city` = NONE WHERE (`age` > $p1) RETURN VALUE true',
      { p0: 'Ann', p1: 18 },
    ],
    [
      'an UPDATE of a slice',
      { kind: 'update', target: { kind: 'select', select: sliced }, assignments, returning: 'marker' },
      'UPDATE (SELECT VALUE `id` FROM `person` LIMIT $p0) SET `name` = $p1, `address`.`city` = NONE RETURN VALUE true',
      { p0: 2, p1: 'Ann' },
    ],
    [
      'a DELETE with a condition',
      { kind: 'delete', target: table, where, returning: 'none' },
      'DELETE `person` WHERE (`age` > $p0) RETURN NONE',
      { p0: 18 },
    ],
  ])('is %s', (_kind, statement, query, bindings) => {
    expect(compile(statement, dialect)).toEqual({ query, bindings })
  })
})

describe('a write of one record', () => {
  const update: Statement = { kind: 'update', only: true, target: record, assignments, returning: 'after' }
  const remove: Statement = { kind: 'delete', only: true, target: record, returning: 'before' }

  it.each([NEWEST, LIMIT_BUG])('is told to be of one', (dialect) => {
    expect(compile(update, dialect)).toEqual({
      query: 'UPDATE ONLY $p0 SET `name` = $p1, `address`.`city` = NONE',
      bindings: { p0: id, p1: 'Ann' },
    })
    expect(compile(remove, dialect)).toEqual({ query: 'DELETE ONLY $p0 RETURN BEFORE', bindings: { p0: id } })
  })

  it('is the first of several for version 2, which has no word for none', () => {
    expect(compile(update, VERSION_2).query).toBe('(UPDATE $p0 SET `name` = $p1, `address`.`city` = NONE)[0]')
    expect(compile(remove, VERSION_2).query).toBe('(DELETE $p0 RETURN BEFORE)[0]')
  })
})

describe('several statements', () => {
  it('are one text, and share the count of bindings', () => {
    const remove = { kind: 'delete', target: table, where, returning: 'none' } as const
    expect(compile([remove, remove], NEWEST)).toEqual({
      query: 'DELETE `person` WHERE (`age` > $p0) RETURN NONE;\nDELETE `person` WHERE (`age` > $p1) RETURN NONE',
      bindings: { p0: 18, p1: 18 },
    })
  })

  it('may be none at all', () => {
    expect(compile([], NEWEST)).toEqual({ query: '', bindings: {} })
  })
})
