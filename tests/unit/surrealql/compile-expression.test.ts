import { describe, expect, it } from '@jest/globals'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import type { CompiledQuery } from '../../../src/surrealql/compiled-query.js'
import type { Dialect } from '../../../src/surrealql/dialect.js'
import {
  and,
  binary,
  bound,
  call,
  constant,
  idiom,
  not,
  or,
  type Expression,
} from '../../../src/surrealql/nodes/expression.js'
import { EVERY_DIALECT, LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

const PREFIX = 'SELECT VALUE '
const SUFFIX = ' FROM `t`'

function written(value: Expression, dialect: Dialect = NEWEST): CompiledQuery {
  const from = { kind: 'table', table: 't' } as const
  const { query, bindings } = compile({ kind: 'select', projection: { kind: 'value', value }, from }, dialect)
  expect(query.startsWith(PREFIX) && query.endsWith(SUFFIX)).toBe(true)
  return { query: query.slice(PREFIX.length, -SUFFIX.length), bindings }
}

const age = idiom('age')
const name = idiom('name')

describe.each(EVERY_DIALECT)('an expression for %s', (_, dialect) => {
  it.each<[string, Expression, string, Record<string, unknown>]>([
    ['idiom', idiom('address', 'city'), '`address`.`city`', {}],
    ['value', bound('x'), '$p0', { p0: 'x' }],
    ['undefined as a value', bound(undefined), '$p0', { p0: undefined }],
    ['NONE', constant('NONE'), 'NONE', {}],
    ['NULL', constant('NULL'), 'NULL', {}],
    ['true', constant('true'), 'true', {}],
    ['binary', binary(age, '>=', bound(18)), '(`age` >= $p0)', { p0: 18 }],
    ['not', not(binary(age, '=', constant('NONE'))), '!(`age` = NONE)', {}],
    ['not of a name', not(idiom('active')), '!`active`', {}],
    ['call', call('string::starts_with', name, bound('A')), 'string::starts_with(`name`, $p0)', { p0: 'A' }],
    ['call without arguments', call('time::now'), 'time::now()', {}],
    ['no terms, all of which hold', and(), 'true', {}],
    ['no terms, none of which holds', or(), 'false', {}],
    ['one term', and(binary(age, '<', bound(3))), '(`age` < $p0)', { p0: 3 }],
  ])('writes %s', (_kind, expression, query, bindings) => {
    expect(written(expression, dialect)).toEqual({ query, bindings })
  })

  it.each(['=', '!=', '<', '<=', '>', '>=', 'IN', 'NOT IN', 'CONTAINS'] as const)(
    'writes the operator %s',
    (operator) => {
      expect(written(binary(age, operator, bound(1)), dialect).query).toBe(`(\`age\` ${operator} $p0)`)
    },
  )

  it('puts every compound expression in parentheses, and numbers values in the order of the text', () => {
    const expression = or(
      and(binary(age, '>', bound(1)), binary(age, '<', bound(2)), binary(age, '!=', bound(3))),
      not(binary(name, '=', bound('x'))),
    )
    expect(written(expression, dialect)).toEqual({
      query: '(((`age` > $p0) AND (`age` < $p1) AND (`age` != $p2)) OR !(`name` = $p3))',
      bindings: { p0: 1, p1: 2, p2: 3, p3: 'x' },
    })
  })
})

describe('a function', () => {
  const isString = call('type::is_string', name)

  it('has the name of the server that reads it', () => {
    expect(written(isString, NEWEST).query).toBe('type::is_string(`name`)')
    expect(written(isString, LIMIT_BUG).query).toBe('type::is_string(`name`)')
    expect(written(isString, VERSION_2).query).toBe('type::is::string(`name`)')
  })
})
