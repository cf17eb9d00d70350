import { describe, expect, it, test } from '@jest/globals'
import {
  ArrayCollect,
  Avg,
  Count,
  CountIf,
  Distinct,
  DistinctCount,
  F,
  First,
  GroupConcat,
  Last,
  LookupError,
  Max,
  Median,
  Min,
  Percentile,
  Q,
  StdDev,
  Sum,
  SumIf,
  Variance,
} from '../../../src/index.js'
import { Person } from './people.js'

const people = Person.objects
const text = (queryset: { toSurrealQL(): { readonly query: string } }) => queryset.toSurrealQL().query

const NUMBER = 'array::flatten([(IF type::is_number(`age`) { [`age`] } ELSE { [] })])'
const VALUE = (column: string) =>
  `array::flatten([(IF ((\`${column}\` != NONE) AND (\`${column}\` != NULL)) { [\`${column}\`] } ELSE { [] })])`
const LIST = 'array::flatten(`list0`)'
const unlessEmpty = (result: string) => `(IF (${LIST} != []) { ${result} } ELSE { NULL })`

describe('what is gathered of a group, and what becomes of it', () => {
  it.each<[aggregate: unknown, gathered: string, value: string]>([
    [Count(), 'count()', '`list0`'],
    [Count('age'), 'count(((`age` != NONE) AND (`age` != NULL)))', '`list0`'],
    [CountIf({ age__gt: 3 }), 'count(((`age` >= $p0) AND (`age` != $p1)))', '`list0`'],
    [CountIf({}), 'count()', '`list0`'],
    [CountIf(Q({ age: 1 }).or({ age: 2 })), 'count(((`age` = $p0) OR (`age` = $p1)))', '`list0`'],
    [Sum('age'), NUMBER, `math::sum(${LIST})`],
    [
      SumIf('age', { name: 'Ann' }),
      'array::flatten([(IF ((`full_name` = $p0) AND type::is_number(`age`)) { [`age`] } ELSE { [] })])',
      `math::sum(${LIST})`,
    ],
    [Avg('age'), NUMBER, unlessEmpty(`math::mean(${LIST})`)],
    [Median('age'), NUMBER, unlessEmpty(`math::median(${LIST})`)],
    [StdDev('age'), NUMBER, unlessEmpty(`math::stddev(${LIST})`)],
    [Variance('age'), NUMBER, unlessEmpty(`math::variance(${LIST})`)],
    [Percentile('age', 95), NUMBER, unlessEmpty(`math::percentile(${LIST}, $p0)`)],
    [Min('born'), VALUE('born_at'), unlessEmpty(`array::min(${LIST})`)],
    [Max('born'), VALUE('born_at'), unlessEmpty(`array::max(${LIST})`)],
    [First('tags'), VALUE('tags'), unlessEmpty(`array::first(${LIST})`)],
    [Last('tags'), VALUE('tags'), unlessEmpty(`array::last(${LIST})`)],
    [Distinct('name'), VALUE('full_name'), `array::distinct(${LIST})`],
    [DistinctCount('name'), VALUE('full_name'), `array::len(array::distinct(${LIST}))`],
    [ArrayCollect('tags'), VALUE('tags'), LIST],
    [
      GroupConcat('name', '; '),
      'array::flatten([(IF type::is_string(`full_name`) { [`full_name`] } ELSE { [] })])',
      unlessEmpty(`array::join(${LIST}, $p0)`),
    ],
  ])('%#', (aggregate, gathered, value) => {
    expect(text(people.groupBy('active').aggregate({ value: aggregate } as never))).toBe(
      `SELECT \`key0\` AS \`active\`, ${value} AS \`value\` FROM ` +
        `(SELECT \`active\` AS \`key0\`, ${gathered} AS \`list0\` FROM \`query_person\` GROUP BY \`key0\`)`,
    )
  })
})

describe('groups', () => {
  const groups = people.groupBy('address__zip', 'born__year')
  const keys =
    'SELECT `key0` AS `address__zip`, `key1` AS `born__year` FROM (SELECT `home`.`postal code` AS `key0`, ' +
    '(IF type::is_datetime(`born_at`) { time::year(`born_at`) } ELSE { NONE }) AS `key1` FROM `query_person` GROUP BY `key0`, `key1`)'

  test('are filtered, ordered and cut when they are whole', () => {
    expect(text(groups)).toBe(keys)
    expect(text(groups.orderBy('-born__year', 'address__zip').limit(2).start(1))).toBe(
      `${keys} ORDER BY \`born__year\` DESC, \`address__zip\` ASC LIMIT $p0 START $p1`,
    )
    const filtered = groups
      .limit(2)
      .having({ address__zip__startswith: '1', born__year__gt: 2000 })
      .orderBy('born__year')
    expect(text(filtered)).toBe(
      `SELECT * FROM (${keys}) WHERE ((type::is_string(\`address__zip\`) AND string::starts_with(\`address__zip\`, $p0)) ` +
        'AND ((`born__year` >= $p1) AND (`born__year` != $p2))) ORDER BY `born__year` ASC LIMIT $p3',
    )
    expect(text(groups.having({}))).toBe(keys)
  })

  test('look into lists before they are made, as a grouped SELECT has no $this', () => {
    expect(
      text(
        people
          .filter({ age: 1 })
          .groupBy('active')
          .aggregate({ n: CountIf({ homes__city: 'x' }), all: Count() }),
      ),
    ).toBe(
      'SELECT `key0` AS `active`, `list0` AS `n`, `list1` AS `all` FROM (SELECT `key0` AS `key0`, count(`list0`) AS `list0`, count() AS `list1` ' +
        'FROM (SELECT `active` AS `key0`, (array::len((`homes` ?? [])[WHERE (`city` = $p0)]) > $p1) AS `list0`, true AS `list1` ' +
        'FROM `query_person` WHERE (`age` = $p2)) GROUP BY `key0`)',
    )
  })

  test('are of the records that are asked for', () => {
    expect(text(people.filter({ age: 1 }).noIndex().groupBy('active'))).toBe(
      'SELECT `key0` AS `active` FROM (SELECT `active` AS `key0` FROM `query_person` WITH NOINDEX WHERE (`age` = $p0) GROUP BY `key0`)',
    )
    expect(text(people.orderBy('-age').limit(3).values('name').groupBy('active'))).toBe(
      'SELECT `key0` AS `active` FROM (SELECT `active` AS `key0` FROM (SELECT * FROM `query_person` ORDER BY `age` DESC LIMIT $p0) GROUP BY `key0`)',
    )
    expect(text(people.split('tags').groupBy('tags'))).toContain(
      'FROM (SELECT * FROM `query_person` SPLIT `tags`) GROUP BY',
    )
  })
})

test('distinct rows are groups of those that are the same', () => {
  expect(text(people.values('name', 'address__zip').distinct().orderBy('-address__zip').limit(2))).toBe(
    'SELECT `key0` AS `name`, `key1` AS `address__zip` FROM (SELECT `full_name` AS `key0`, `home`.`postal code` AS `key1` ' +
      'FROM `query_person` GROUP BY `key0`, `key1`) ORDER BY `address__zip` DESC LIMIT $p0',
  )
  expect(text(people.filter({ age: 1 }).pluck('name__len').distinct())).toBe(
    'SELECT VALUE `name__len` FROM (SELECT `key0` AS `name__len` FROM (SELECT (IF type::is_string(`full_name`) ' +
      '{ string::len(`full_name`) } ELSE { NONE }) AS `key0` FROM `query_person` WHERE (`age` = $p0) GROUP BY `key0`))',
  )
  expect(text(people.values('name').distinct().only('name'))).toBe('SELECT `id`, `full_name` FROM `query_person`')
})

describe('annotate()', () => {
  const annotated = people.annotate({ length: 'name__len', tagCount: Count('tags') })
  const length = '(IF type::is_string(`full_name`) { string::len(`full_name`) } ELSE { NONE })'
  const tagCount = 'array::len((`tags` ?? [])[WHERE (($this != NONE) AND ($this != NULL))])'
  const columns =
    'array::at([$p0, ' + length + '], $p1) AS `length`, array::at([$p2, ' + tagCount + '], $p3) AS `tagCount`'

  test.each<[queryset: { toSurrealQL(): { readonly query: string } }, expected: string]>([
    [annotated, `SELECT *, ${columns} FROM \`query_person\``],
    [
      annotated.filter({ length__gt: 3 }).orderBy('-tagCount'),
      `SELECT *, ${columns} FROM \`query_person\` WHERE (${length} > $p4) ORDER BY \`tagCount\` DESC`,
    ],
    [annotated.only('name'), `SELECT \`id\`, \`full_name\`, ${columns} FROM \`query_person\``],
    [annotated.values('tagCount'), `SELECT ${tagCount} AS \`tagCount\` FROM \`query_person\``],
    [
      annotated.orderBy('length').pluck('tagCount'),
      `SELECT VALUE ${tagCount} FROM (SELECT *, ${columns} FROM \`query_person\` ORDER BY \`length\` ASC)`,
    ],
    [
      people.values('age').annotate({ cities: ArrayCollect('homes__city') }),
      'SELECT `age` AS `age`, ((`homes` ?? [])[WHERE ((`city` != NONE) AND (`city` != NULL))]).`city` AS `cities` FROM `query_person`',
    ],
    [
      people.annotate({ most: Max('homes__zip') }),
      'SELECT *, array::at([$p0, (IF (((`homes` ?? [])[WHERE ((`postal code` != NONE) AND (`postal code` != NULL))]).`postal code` != []) ' +
        '{ array::max(((`homes` ?? [])[WHERE ((`postal code` != NONE) AND (`postal code` != NULL))]).`postal code`) } ELSE { NULL })], $p1) AS `most` FROM `query_person`',
    ],
    [
      people.annotate({ upper: (person) => person.name.uppercase() }).filter({ upper__startswith: 'A' }),
      'SELECT *, array::at([$p0, (IF type::is_string(`full_name`) { string::uppercase(`full_name`) } ELSE { NONE })], $p1) AS `upper` ' +
        'FROM `query_person` WHERE (type::is_string((IF type::is_string(`full_name`) { string::uppercase(`full_name`) } ELSE { NONE })) ' +
        'AND string::starts_with((IF type::is_string(`full_name`) { string::uppercase(`full_name`) } ELSE { NONE }), $p2))',
    ],
    [
      people
        .annotate({ next: F('age').add(1) })
        .orderBy('-next')
        .values('next'),
      'SELECT (IF type::is_number(`age`) { (`age` + $p0) } ELSE { NONE }) AS `next` FROM (SELECT *, array::at([$p1, ' +
        '(IF type::is_number(`age`) { (`age` + $p2) } ELSE { NONE })], $p3) AS `next` FROM `query_person` ORDER BY `next` DESC)',
    ],
    [
      annotated.where((person) => person.length.gt(3)),
      `SELECT *, ${columns} FROM \`query_person\` WHERE (${length} > $p4)`,
    ],
    [
      people.orderBy('-name__len', 'age').limit(3),
      `SELECT * OMIT \`$order0\` FROM (SELECT *, ${length} AS \`$order0\` FROM \`query_person\`) ORDER BY \`$order0\` DESC, \`age\` ASC LIMIT $p0`,
    ],
  ])('%#', (queryset, expected) => {
    expect(text(queryset)).toBe(expected)
  })
})

const refused = (work: () => unknown): LookupError => {
  try {
    work()
  } catch (error) {
    if (error instanceof LookupError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const group = (given: unknown) => people.groupBy('active').aggregate(given as never)

test.each<[code: string, words: string, work: () => unknown]>([
  ['UNKNOWN_FIELD', 'Person has no field "nope"', () => group({ n: Sum('nope') })],
  ['UNKNOWN_FIELD', 'many values', () => group({ n: Sum('homes__city') })],
  ['UNKNOWN_FIELD', 'Person.age__nope', () => group({ n: Max('age__nope') })],
  ['UNKNOWN_FIELD', 'Person has no field "nope"', () => people.groupBy('nope' as 'name')],
  ['UNKNOWN_FIELD', 'has no field "nope"', () => group({ n: CountIf({ nope: 1 }) })],
  [
    'INVALID_VALUE',
    'Person.age holds int values; GroupConcat() takes text',
    () => group({ n: GroupConcat('age', '') }),
  ],
  ['INVALID_VALUE', 'Sum() takes numbers', () => group({ n: Sum('name') })],
  ['INVALID_VALUE', 'values that have an order', () => group({ n: Min('tags') })],
  ['INVALID_VALUE', 'a percentage from 0 to 100', () => group({ n: Percentile('age', 101) })],
  ['INVALID_VALUE', 'a percentage from 0 to 100', () => group({ n: Percentile('age', NaN) })],
  ['INVALID_VALUE', 'a separator', () => group({ n: GroupConcat('name', 1 as never) })],
  ['INVALID_VALUE', 'Person.save is a method or a getter', () => people.annotate({ save: Count('tags') } as never)],
  ['INVALID_VALUE', 'Person.toString is a method', () => people.annotate({ toString: Count('tags') } as never)],
  ['INVALID_VALUE', '"full_name" is taken', () => people.annotate({ full_name: Count('tags') })],
  [
    'INVALID_VALUE',
    '"made" is taken',
    () => people.annotate({ made: Count('tags') }).annotate({ made: 'name' } as never),
  ],
  ['INVALID_VALUE', '"made" is neither a path', () => people.annotate({ made: (() => 3) as never })],
  ['INVALID_VALUE', '"made" is neither a path', () => people.annotate({ made: 3 as never })],
  ['UNKNOWN_FIELD', 'has no field "nope"', () => people.annotate({ made: F('nope') } as never)],
  ['UNKNOWN_FIELD', 'has no field "nope"', () => people.annotate({ made: (p) => (p as never)['nope'] })],
  [
    'INVALID_VALUE',
    'cannot be named in Person',
    () => people.annotate({ one: (person) => (people.annotate({ other: () => person.name }), person.name) }),
  ],
  ['UNKNOWN_FIELD', 'has no field "made"', () => people.annotate({ made: Count('tags') }).only('made' as 'name')],
  ['INVALID_VALUE', 'is taken', () => group({ active: Count() })],
  ['INVALID_VALUE', 'is taken', () => people.groupBy('active').aggregate({ n: Count() }).aggregate({ n: Count() })],
  ['INVALID_VALUE', '"__"', () => group({ a__b: Count() })],
  ['INVALID_VALUE', 'is no aggregate', () => group({ n: 'Count' })],
  ['INVALID_VALUE', 'at least one', () => group({})],
  ['INVALID_VALUE', 'at least one', () => group(undefined)],
  ['INVALID_VALUE', 'there is none', () => people.groupBy()],
  ['INVALID_VALUE', 'limit()', () => group({ n: Count() }).limit(-1)],
  [
    'INVALID_VALUE',
    'takes an int value',
    () =>
      people
        .groupBy('active')
        .aggregate({ n: Count() })
        .having({ n: 'x' as never }),
  ],
  [
    'UNKNOWN_FIELD',
    'fields: active, n',
    () =>
      people
        .groupBy('active')
        .aggregate({ n: Count() })
        .having({ age: 1 } as never),
  ],
  [
    'UNKNOWN_FIELD',
    'active, n',
    () =>
      people
        .groupBy('active')
        .aggregate({ n: Count() })
        .orderBy('age' as never),
  ],
])('%s: %s', (code, words, work) => {
  const error = refused(work)
  expect(error.code).toBe(code)
  expect(error.message).toContain(words)
})
