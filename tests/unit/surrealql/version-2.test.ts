import { describe, expect, it } from '@jest/globals'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { and, binary, bound, call, filtered, idiom, searchTerm } from '../../../src/surrealql/nodes/expression.js'
import type { SelectStatement } from '../../../src/surrealql/nodes/select-statement.js'
import { RecordId } from '../../../src/values.js'
import { LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

const from = { kind: 'table', table: 'person' } as const
const all: SelectStatement = { kind: 'select', projection: { kind: 'all' }, from }
const oldText = (statement: Parameters<typeof compile>[0]): string => compile(statement, VERSION_2).query

describe('what the engine before version 3 is told otherwise', () => {
  it('an order by what is inside of something', () => {
    const ordered: SelectStatement = { ...all, orderBy: [{ path: ['home', 'city'], direction: 'DESC' }], limit: 2 }
    expect(oldText(ordered)).toBe(
      'SELECT * OMIT `$order0` FROM (SELECT * FROM (SELECT *, `home`.`city` AS `$order0` FROM `person`) ' +
        'ORDER BY `$order0` DESC LIMIT $p0)',
    )
    const value: SelectStatement = { ...ordered, projection: { kind: 'value', value: idiom('name') } }
    expect(oldText(value)).toBe(
      'SELECT VALUE `name` FROM (SELECT *, `home`.`city` AS `$order0` FROM `person`) ORDER BY `$order0` DESC LIMIT $p0',
    )
    const clauses = { fetch: [['home']], only: true, timeout: '5s', explain: 'plan' } as const
    expect(oldText({ ...ordered, ...clauses })).toBe(
      'SELECT * OMIT `$order0` FROM ONLY (SELECT * FROM (SELECT *, `home`.`city` AS `$order0` FROM `person`) ' +
        'ORDER BY `$order0` DESC LIMIT $p0) FETCH `home` TIMEOUT $p1 EXPLAIN',
    )
  })

  it('a number of all, which an index would answer wrongly', () => {
    expect(oldText({ ...all, projection: { kind: 'value', value: call('count') } })).toBe(
      'SELECT VALUE count(true) FROM `person`',
    )
  })

  it('a Set, wherever it is', () => {
    const where = binary(idiom('a'), '=', bound({ sets: [new Set([1]), { inner: new Set([new Set([2])]) }], date: 5 }))
    expect(compile({ ...all, where }, VERSION_2).bindings).toEqual({
      p0: { sets: [[1], { inner: [[2]] }], date: 5 },
    })
    expect(compile({ ...all, where }, LIMIT_BUG).bindings).toEqual({
      p0: { sets: [new Set([1]), { inner: new Set([new Set([2])]) }], date: 5 },
    })
  })

  it('the values of a live query, which it would have forgotten', () => {
    const live = { kind: 'live', table: 'person', where: binary(idiom('name'), '=', bound("a'b\\")) } as const
    expect(compile(live, VERSION_2)).toEqual({
      query: `LIVE SELECT * FROM \`person\` WHERE (\`name\` = "a'b\\\\")`,
      bindings: {},
    })
    expect(compile(live, NEWEST).query).toBe('LIVE SELECT * FROM `person` WHERE (`name` = $p0)')
  })

  it('the edges of several records', () => {
    const ids = [new RecordId('person', 1), new RecordId('person', 2)]
    const edges = { kind: 'edges', record: ids, direction: 'out', table: 'likes' } as const
    expect(oldText({ ...all, from: edges })).toBe('SELECT * FROM array::flatten($p0->`likes`)')
    expect(oldText({ ...all, from: { ...edges, record: ids[0] } })).toBe('SELECT * FROM $p0->`likes`')
    expect(compile({ ...all, from: edges }, NEWEST).query).toBe('SELECT * FROM $p0->`likes`')
  })

  it('conditions on what is computed, but not on what is called the same inside of a list', () => {
    const where = and(
      binary(idiom('total', 'net'), '>', bound(1)),
      binary(call('array::len', filtered(idiom('total'), binary(idiom('total'), '=', bound(2)))), '>', bound(0)),
      binary(idiom('price'), '=', bound(3)),
    )
    const computed = ['total']
    const asked =
      'WHERE (((array::first([`total`])).`net` > $p0) AND ' +
      '(array::len((array::first([`total`]) ?? [])[WHERE (`total` = $p1)]) > $p2) AND (`price` = $p3))'
    const plain = asked.replace('(array::first([`total`]))', '`total`').replace('array::first([`total`])', '`total`')
    expect(oldText({ ...all, where, computed })).toBe(`SELECT * FROM \`person\` ${asked}`)
    const write = { target: from, where, computed, returning: 'none' } as const
    expect(oldText({ kind: 'delete', ...write })).toBe(`DELETE \`person\` ${asked} RETURN NONE`)
    expect(compile({ kind: 'delete', ...write }, LIMIT_BUG).query).toBe(`DELETE \`person\` ${plain} RETURN NONE`)
  })

  it('a search for near vectors among some of the records', () => {
    const nearest = searchTerm({
      kind: 'nearest',
      value: idiom('near'),
      vector: [1],
      count: 5,
      metric: 'COSINE',
      candidates: 100,
    })
    const some = { ...all, indexes: ['near_hnsw'], where: and(binary(idiom('group'), '=', bound(1)), nearest) }
    expect(oldText(some)).toBe(
      'SELECT * FROM `person` WITH NOINDEX WHERE ((`group` = $p0) AND (`near` <|5,COSINE|> $p1))',
    )
    expect(oldText({ ...all, where: and(nearest) })).toBe('SELECT * FROM `person` WHERE (`near` <|5,100|> $p0)')
    expect(compile(some, NEWEST).query).toBe(
      'SELECT * FROM `person` WITH INDEX `near_hnsw` WHERE ((`group` = $p0) AND (`near` <|5,100|> $p1))',
    )
  })

  it('functions that it does not have are refused, with what to do', () => {
    const value = (name: 'string::capitalize' | 'type::of', given = idiom('home', 'city')): SelectStatement => ({
      ...all,
      projection: { kind: 'value', value: call(name, given) },
    })
    const code = 'UNSUPPORTED_VERSION'
    expect(() => oldText(value('string::capitalize'))).toThrow(
      expect.objectContaining({
        code,
        message:
          'home.city: the server has no function string::capitalize(); it needs SurrealDB 3.0. ' +
          'Upgrade it, or make the value in JavaScript.',
      }),
    )
    expect(() => oldText(value('type::of', bound('secret')))).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/^An expression: (?!.*secret)/) as unknown }),
    )
  })
})
