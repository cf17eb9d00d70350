import { describe, expect, it } from '@jest/globals'
import { Incoming, RecordId } from '../../../src/index.js'
import { buildLive } from '../../../src/query/build-live.js'
import { selectIncoming, selectLinked } from '../../../src/query/prefetch.js'
import { parsePlan } from '../../../src/query/query-plan.js'
import type { Query } from '../../../src/query/query.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { surql } from '../../../src/surrealql/surql.js'
import { Company, Person } from './people.js'

const queryOf = (queryset: object): Query => (queryset as { readonly query: Query }).query
const text = (statement: Statement): string => compile(statement, dialectFor('3.1.0')).query
const ids = [new RecordId('query_company', 1), new RecordId('query_person', 1)]

const selects = (queryset: object): string[] =>
  queryOf(queryset)
    .prefetch!.flatMap((each) => (each.kind === 'link' ? selectLinked(each, ids) : selectIncoming(each, ids)))
    .map(({ statement }) => text(statement))

describe('prefetch', () => {
  it.each([
    [Person.objects.prefetch('company'), ['SELECT * FROM $p0']],
    [
      Person.objects.prefetch({ company: Company.objects.filter({ name: 'x' }).orderBy('name').only('name') }),
      [
        'SELECT `id`, `company_name` FROM (SELECT * FROM (SELECT * FROM $p0 WHERE (`company_name` = $p1)) ' +
          'ORDER BY `company_name` ASC)',
      ],
    ],
    [
      Company.objects.prefetch({ people: Incoming(Person.objects.filter({ age: 1 }), 'company') }),
      ['SELECT *, [`works_for`] AS `$owners` FROM `query_person` WHERE ((`age` = $p0) AND (`works_for` IN $p1))'],
    ],
    [
      Company.objects.prefetch({ people: Incoming(Person.objects.values('name').orderBy('age').limit(2), 'company') }),
      Array<string>(2).fill(
        'SELECT `full_name` AS `name`, [`works_for`] AS `$owners` FROM (SELECT * FROM `query_person` ' +
          'WHERE (`works_for` IN $p0) ORDER BY `age` ASC LIMIT $p1)',
      ),
    ],
    [Person.objects.prefetch('company').prefetch('company'), ['SELECT * FROM $p0']],
  ])('%#', (queryset, expected) => {
    expect(selects(queryset)).toEqual(expected)
  })
})

describe('a live query', () => {
  it('has the conditions of its queryset, whose values are bound', () => {
    const { query, bindings } = compile(
      buildLive(queryOf(Person.objects.filter({ name: 'Ann' }).exclude({ age: 1 }))),
      dialectFor('3.0.2'),
    )
    expect(query).toBe('LIVE SELECT * FROM `query_person` WHERE ((`full_name` = $p0) AND !(`age` = $p1))')
    expect(bindings).toEqual({ p0: 'Ann', p1: 1 })
    expect(text(buildLive(queryOf(Person.objects)))).toBe('LIVE SELECT * FROM `query_person`')
  })
})

describe('text of the user’s own', () => {
  it('is bound under names that are free, whatever stands before it', () => {
    const own = { kind: 'text', text: surql`RETURN "$p0" + ${'a'} + ${'b'}` } as const
    expect(compile([own, own], dialectFor('3.1.0'))).toEqual({
      query: 'RETURN "$p0" + $p0 + $p1;\nRETURN "$p0" + $p2 + $p3',
      bindings: { p0: 'a', p1: 'b', p2: 'a', p3: 'b' },
    })
  })
})

describe('a plan', () => {
  const query = queryOf(Person.objects)

  it('is read in the form of version 3, with what stands inside of it', () => {
    const scan = (index: string) => ({ operator: 'IndexScan', attributes: { index, access: '= 1' }, context: 'Db' })
    const plan = parsePlan(query, {
      operator: 'Limit',
      attributes: { limit: '1' },
      children: [
        { operator: 'UnionIndexScan', children: [scan('a'), scan('b'), scan('a')], metrics: { output_rows: 1 } },
      ],
    })
    expect(plan.indexes).toEqual(['a', 'b'])
    expect(plan.steps[0]).toMatchObject({ operator: 'Limit', attributes: { limit: '1' } })
    expect(plan.steps[0]!.children[0]).toMatchObject({ attributes: {}, metrics: { output_rows: 1 } })
    expect(plan.steps[0]!.children[0]!.children.map(({ operator }) => operator)).toEqual(Array(3).fill('IndexScan'))
  })

  it('is read in the form of version 2', () => {
    const plan = parsePlan(query, [
      {
        operation: 'Iterate Index',
        detail: { plan: { index: 'a', operator: '=', value: { index: 'x' } }, table: 't' },
      },
      { operation: 'Collector', detail: { type: 'Memory' } },
    ])
    expect(plan.indexes).toEqual(['a'])
    expect(plan.steps.map(({ operator }) => operator)).toEqual(['Iterate Index', 'Collector'])
    expect(plan.steps[1]).toEqual({ operator: 'Collector', attributes: { type: 'Memory' }, children: [] })
  })

  it('that is none is an error', () => {
    for (const answer of ['text', [{ x: 1 }], { operator: 'a', children: 1 }])
      expect(() => parsePlan(query, answer)).toThrow('explained')
  })
})
