import { describe, expect, it } from '@jest/globals'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { afterWrites } from '../../../src/surrealql/dialect.js'
import { and, binary, bound, idiom } from '../../../src/surrealql/nodes/expression.js'
import type { SelectStatement } from '../../../src/surrealql/nodes/select-statement.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { LIMIT_BUG, NEWEST } from './servers.js'

const where = and(binary(idiom('id'), '=', bound(1)), binary(idiom('person', 'id'), '=', bound(2)))
const select: SelectStatement = {
  kind: 'select',
  projection: { kind: 'all' },
  from: { kind: 'table', table: 'user' },
  where,
}
const text = (statement: Statement, dialect = NEWEST) => compile(statement, dialect).query

describe('a server that loses the ids of what a transaction wrote', () => {
  it('is asked for an id in a form that finds it', () => {
    expect(text(select)).toBe('SELECT * FROM `user` WHERE ((`id` = $p0) AND (`person`.`id` = $p1))')
    expect(text(select, afterWrites(NEWEST))).toBe(
      'SELECT * FROM `user` WHERE ((`id` IN [$p0]) AND (`person`.`id` = $p1))',
    )
  })

  it('uses no index where it names the records of a write, nor where none is wanted', () => {
    const target = { kind: 'select', select: { ...select, limit: 1 } } as const
    const remove: Statement = { kind: 'delete', target, returning: 'marker' }
    expect(text(remove)).not.toContain('NOINDEX')
    expect(text(remove, afterWrites(NEWEST))).toContain('FROM `user` WITH NOINDEX WHERE')
    expect(text(remove, afterWrites(LIMIT_BUG))).toContain('FROM (SELECT * FROM `user` WITH NOINDEX WHERE')
    expect(text({ ...select, indexes: 'none' })).toContain('FROM `user` WITH NOINDEX WHERE')
  })
})
