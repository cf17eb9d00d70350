import { describe, expect, it } from '@jest/globals'
import { Collection, Document, IntField, ListField, StringField } from '../../../src/index.js'
import { buildDelete, buildSelect } from '../../../src/query/build-statements.js'
import { queryOf } from '../../../src/query/query.js'
import { modelMetaOf } from '../../../src/schema/model-registry.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { and, binary, bound, constant, idiom, or, searchTerm } from '../../../src/surrealql/nodes/expression.js'
import type { Expression } from '../../../src/surrealql/nodes/expression.js'
import type { Dialect } from '../../../src/surrealql/dialect.js'
import { LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

@Collection('misled', {
  indexes: [
    { fields: ['tenant', 'slug'], unique: true },
    { fields: ['a', 'b'], unique: true },
    { fields: ['c', 'tags'] },
    { fields: ['d', 'e'] },
  ],
})
class Misled extends Document<Misled>() {
  @StringField({ required: true }) tenant!: string
  @StringField({ required: true }) slug!: string
  @IntField() a?: number
  @IntField({ dbField: 'column b' }) b?: number | null
  @IntField({ index: true }) c?: number
  @IntField() d?: number
  @IntField() e?: number
  @ListField(StringField(), { index: true }) tags?: string[]
}

const meta = modelMetaOf(Misled)
const is = (name: string, value: unknown = 1): Expression => binary(idiom(name), '=', bound(value))
const isAbove = (name: string): Expression => binary(idiom(name), '>=', bound(1))
const nearest = searchTerm({ kind: 'nearest', value: idiom('v'), vector: [1], count: 1, metric: 'COSINE' })

describe('an index over several columns', () => {
  const isAsked = (dialect: Dialect, condition: Expression): readonly boolean[] => {
    const query = { ...queryOf(meta), conditions: [condition] }
    return [buildSelect(query), buildDelete(query)].map(
      (statement) => !compile(statement, dialect).query.includes(' WITH NOINDEX'),
    )
  }

  it.each<[string, Expression, older: readonly boolean[], old: readonly boolean[]]>([
    ['required ones, by the first', is('tenant'), [true, false], [false, false]],
    ['required ones, by both', and(is('tenant'), is('slug')), [true, true], [true, true]],
    ['optional ones, by the first', is('a'), [false, false], [false, false]],
    ['optional ones, by both', and(is('c', 5), and(is('a'), is('column b'))), [false, false], [false, false]],
    ['the same, and no list', and(is('a'), is('column b')), [true, true], [true, true]],
    ['either', or(is('a'), is('column b')), [false, false], [false, false]],
    ['both, one of them missing', and(is('a'), is('column b', null)), [false, false], [false, false]],
    ['the first, and more of the second', and(is('a'), isAbove('column b')), [false, false], [false, false]],
    ['the second', is('column b'), [true, true], [true, true]],
    [
      'a value made of the first',
      binary(binary(idiom('a'), '+', bound(1)), '=', bound(2)),
      [false, false],
      [false, false],
    ],
    ['one that is a list, by the first', is('c'), [false, false], [false, false]],
    ['one that is a list, by the list', binary(idiom('tags'), 'CONTAINS', bound('x')), [true, true], [true, true]],
    ['one that is not unique, by a value', is('d'), [true, true], [true, true]],
    ['one that is not unique, by a range', isAbove('d'), [true, true], [false, false]],
    ['another field', constant('true'), [true, true], [true, true]],
    ['a bound value that looks like a path', is('slug', { kind: 'idiom', path: ['a'] }), [true, true], [true, true]],
  ])('%s: is asked for SELECT and DELETE', (_, condition, older, old) => {
    expect(isAsked(NEWEST, condition)).toEqual([true, true])
    expect(isAsked(LIMIT_BUG, condition)).toEqual(older)
    expect(isAsked(VERSION_2, condition)).toEqual(old)
  })

  it('leaves alone what the user chose, and what only its own index can find', () => {
    const chosen = { ...queryOf(meta), conditions: [is('a')], indexes: ['misled_a_column b_unique'] }
    expect(compile(buildSelect(chosen), LIMIT_BUG).query).toContain(' WITH INDEX `misled_a_column b_unique` ')
    expect(isAsked(LIMIT_BUG, and(is('a'), nearest))).toEqual([true, true])
  })
})
