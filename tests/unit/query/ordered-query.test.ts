import { describe, expect, it } from '@jest/globals'
import {
  behind,
  buildKeyedSelect,
  inComparableOrder,
  reversed,
  upTo,
  type Key,
} from '../../../src/query/ordered-query.js'
import type { Query } from '../../../src/query/query.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { dialectFor } from '../../../src/surrealql/dialect.js'
import { RecordId, type BoundExcluded, type BoundIncluded, type RecordIdRange } from '../../../src/values.js'
import { Person } from './people.js'

const ID = new RecordId('query_person', 7)
const people = Person.objects
const queryOf = (queryset: unknown): Query => (queryset as { readonly query: Query }).query
const ordered = (queryset: unknown) => inComparableOrder(queryOf(queryset), 'cursor')

const rowsBehind = (queryset: unknown, key: Key, version = '') => {
  const query = ordered(queryset)
  return compile(buildKeyedSelect({ ...behind(query, key), limit: 2 }, query), dialectFor(version))
}

describe('the rows behind a key', () => {
  it.each<readonly [queryset: unknown, key: Key, text: string]>([
    [
      people.orderBy('age'),
      [3, ID],
      'SELECT *, [`age`, `id`] AS `$key` FROM `query_person` WHERE ([`age`, `id`] > [$p0, $p1]) ORDER BY `age` ASC, `id` ASC LIMIT $p2',
    ],
    [
      people.filter({ active: true }).orderBy('-age', '-name').only('name'),
      [3, 'a', ID],
      'SELECT `id`, `full_name`, [`age`, `full_name`, `id`] AS `$key` FROM (SELECT * FROM `query_person` WHERE ((`active` = $p0) AND ' +
        '(([`age`, `full_name`] < [$p1, $p2]) OR (([`age`, `full_name`] = [$p3, $p4]) AND ([`id`] > [$p5])))) ' +
        'ORDER BY `age` DESC, `full_name` DESC, `id` ASC LIMIT $p6)',
    ],
    [
      people.orderBy('-age', 'id').pluck('name'),
      [3, ID],
      'SELECT `full_name` AS `$value`, [`age`, `id`] AS `$key` FROM (SELECT * FROM `query_person` WHERE ' +
        '(([`age`] < [$p0]) OR (([`age`] = [$p1]) AND ([`id`] > [$p2]))) ORDER BY `age` DESC, `id` ASC LIMIT $p3)',
    ],
    [
      people.orderBy('company__name'),
      ['a', ID],
      'SELECT *, [`works_for`.`company_name`, `id`] AS `$key` OMIT `$order0` FROM ' +
        '(SELECT *, `works_for`.`company_name` AS `$order0` FROM `query_person` WHERE ([`works_for`.`company_name`, `id`] > [$p0, $p1])) ' +
        'ORDER BY `$order0` ASC, `id` ASC LIMIT $p2',
    ],
    [
      people.orderBy('-name', 'age', { collate: true }),
      ['a', 3, ID],
      'SELECT *, [`full_name`, `age`, `id`] AS `$key` FROM `query_person` WHERE ' +
        '((([array::first(array::sort_lexical(array::concat([`full_name`], [$p0])))] = [`full_name`]) AND ([`full_name`] != [$p1])) OR ' +
        '(([`full_name`] = [$p2]) AND (([array::first(array::sort_lexical(array::concat([`age`], [$p3])))] = [$p4]) AND ([`age`] != [$p5]))) OR ' +
        '(([`full_name`] = [$p6]) AND ([`age`] = [$p7]) AND ([`id`] > [$p8]))) ' +
        'ORDER BY `full_name` COLLATE DESC, `age` COLLATE ASC, `id` ASC LIMIT $p9',
    ],
    [
      people.orderBy((person) => person.age.abs().desc()),
      [3, ID],
      'SELECT *, [(IF type::is_number(`age`) { math::abs(`age`) } ELSE { NONE }), `id`] AS `$key` OMIT `$order0` FROM ' +
        '(SELECT *, (IF type::is_number(`age`) { math::abs(`age`) } ELSE { NONE }) AS `$order0` FROM `query_person` WHERE ' +
        '(([(IF type::is_number(`age`) { math::abs(`age`) } ELSE { NONE })] < [$p0]) OR ' +
        '(([(IF type::is_number(`age`) { math::abs(`age`) } ELSE { NONE })] = [$p1]) AND ([`id`] > [$p2])))) ' +
        'ORDER BY `$order0` DESC, `id` ASC LIMIT $p3',
    ],
    [people, [ID], 'SELECT *, [`id`] AS `$key` FROM $p0 ORDER BY `id` ASC LIMIT $p1'],
    [
      people.noIndex(),
      [ID],
      'SELECT *, [`id`] AS `$key` FROM `query_person` WITH NOINDEX WHERE ([`id`] > [$p0]) ORDER BY `id` ASC LIMIT $p1',
    ],
  ])('%#', (queryset, key, expected) => {
    expect(rowsBehind(queryset, key).query).toBe(expected)
  })

  it('are sorted outside of what an index may answer, on 3.0.2', () => {
    expect(rowsBehind(people.orderBy('age'), [3, ID], 'surrealdb-3.0.2').query).toBe(
      'SELECT *, [`age`, `id`] AS `$key` FROM (SELECT * FROM `query_person` WHERE ([`age`, `id`] > [$p0, $p1])) ' +
        'ORDER BY `age` ASC, `id` ASC LIMIT $p2',
    )
  })

  it.each<readonly [queryset: unknown, text: string]>([
    [people, 'SELECT *, [`id`] AS `$key` FROM array::first([0].map(|$each| (SELECT * FROM $p0 LIMIT $p1)))'],
    [
      people.filter({ age: 3 }).only('name').timeout('1s').tempFiles(),
      'SELECT `id`, `full_name`, [`id`] AS `$key` FROM (SELECT * FROM array::first([0].map(|$each| ' +
        '(SELECT * FROM $p0 WHERE (`age` = $p1) LIMIT $p2))) TIMEOUT $p3 TEMPFILES)',
    ],
    [people.orderBy('-id'), 'SELECT *, [`id`] AS `$key` FROM $p0 ORDER BY `id` DESC LIMIT $p1'],
  ])('of a range of ids are read by a function, on 3.0.2: %#', (queryset, expected) => {
    expect(rowsBehind(queryset, [ID], 'surrealdb-3.0.2').query).toBe(expected)
    expect(rowsBehind(queryset, [ID]).query).not.toContain('array::first')
  })

  it('are compared with a set as a set', () => {
    expect(rowsBehind(people.orderBy('tags'), [new Set(['a']), ID]).query).toContain('> [type::set($p0), $p1]')
  })

  it('of an order by the ids are a range of them', () => {
    const ranges = [
      behind(ordered(people), [ID]),
      upTo(ordered(people), [ID]),
      behind(reversed(ordered(people)), [ID]),
      upTo(ordered(people.orderBy('-id')), [ID]),
    ].map(({ from }) => (from as { readonly records: RecordIdRange<string> }).records)
    const shown = (bound: unknown) =>
      bound && [(bound as object).constructor.name, (bound as BoundExcluded<number> | BoundIncluded<number>).value]
    expect(ranges.map(({ begin, end }) => [shown(begin), shown(end)])).toEqual([
      [['BoundExcluded', 7], undefined],
      [undefined, ['BoundIncluded', 7]],
      [undefined, ['BoundExcluded', 7]],
      [['BoundIncluded', 7], undefined],
    ])
  })
})
