import fc from 'fast-check'
import { Q, type Condition } from '../../../src/index.js'
import { codes, floats, moments, wholes, words, type Row } from './things.js'

/** A question, as it is put to the database, and as JavaScript answers it. */
export interface Question {
  readonly filter: Condition<unknown>
  readonly holds: (row: Row) => boolean
}

type Test = (value: unknown) => boolean
/** The key behind the field's name, what is given for it, and what it means. */
interface Asked {
  readonly lookup: string
  readonly given: unknown
  readonly test: Test
}

const isMissing = (value: unknown): boolean => value === undefined || value === null
const key = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value)
const isSame = (left: unknown, right: unknown): boolean => key(left) === key(right)

/** Texts by code point, everything else by number. */
function isLess(left: unknown, right: unknown): boolean {
  return (key(left) as number) < (key(right) as number)
}

const asked = (lookup: string, given: unknown, test: Test): Asked => ({ lookup, given, test })
const present =
  (test: Test): Test =>
  (value) =>
    !isMissing(value) && test(value)

const equality = (given: unknown, others: readonly unknown[]): readonly Asked[] => [
  asked('', given, (value) => isSame(value, given)),
  asked('__exact', null, (value) => value === null),
  asked('__ne', given, (value) => !isSame(value, given)),
  asked('__in', others, (value) => others.some((other) => isSame(value, other))),
  asked('__nin', others, (value) => !others.some((other) => isSame(value, other))),
  asked('__isnull', true, isMissing),
  asked('__isnull', false, (value) => !isMissing(value)),
]

const order = (given: unknown, to: unknown): readonly Asked[] => [
  asked(
    '__gt',
    given,
    present((value) => isLess(given, value)),
  ),
  asked(
    '__gte',
    given,
    present((value) => !isLess(value, given)),
  ),
  asked(
    '__lt',
    given,
    present((value) => isLess(value, given)),
  ),
  asked(
    '__lte',
    given,
    present((value) => !isLess(given, value)),
  ),
  asked(
    '__between',
    [given, to],
    present((value) => !isLess(value, given) && !isLess(to, value)),
  ),
]

const folded = (test: (text: string, given: string) => boolean, given: string): Test =>
  present((value) => test((value as string).toLowerCase(), given.toLowerCase()))

const text = (given: string): readonly Asked[] => [
  asked(
    '__contains',
    given,
    present((value) => (value as string).includes(given)),
  ),
  asked(
    '__startswith',
    given,
    present((value) => (value as string).startsWith(given)),
  ),
  asked(
    '__endswith',
    given,
    present((value) => (value as string).endsWith(given)),
  ),
  asked(
    '__iexact',
    given,
    folded((value, other) => value === other, given),
  ),
  asked(
    '__icontains',
    given,
    folded((value, other) => value.includes(other), given),
  ),
  asked(
    '__istartswith',
    given,
    folded((value, other) => value.startsWith(other), given),
  ),
  asked(
    '__iendswith',
    given,
    folded((value, other) => value.endsWith(other), given),
  ),
  asked(
    '__regex',
    /^[a-b]+$/i,
    present((value) => /^[a-b]+$/i.test(value as string)),
  ),
]

/** The same, asked of something made of the value; of a missing value nothing is made. */
const made = (step: string, make: (value: unknown) => unknown, questions: readonly Asked[]): readonly Asked[] =>
  questions.map(({ lookup, given, test }) =>
    asked(`__${step}${lookup}`, given, (value) => test(isMissing(value) ? undefined : make(value))),
  )

const pairs = <Value>(values: fc.Arbitrary<Value>) => fc.tuple(values, values, fc.array(values, { maxLength: 3 }))
const pick = (questions: readonly Asked[]): fc.Arbitrary<Asked> => fc.constantFrom(...questions)

const ofNumbers = (values: fc.Arbitrary<number>): fc.Arbitrary<Asked> =>
  pairs(values).chain(([one, two, some]) => pick([...equality(one, some), ...order(one, two)]))
const ofWholes = ofNumbers(wholes)

const lengthOf = (value: unknown): number =>
  typeof value === 'string'
    ? [...value].length
    : value instanceof Set
      ? value.size
      : Array.isArray(value)
        ? value.length
        : Object.keys(value as object).length

const ofCodes = pairs(codes).chain(([one, two, some]) => pick([...equality(one, some), ...order(one, two)]))

const ofLength = ofWholes.chain((question) => pick(made('len', lengthOf, [question])))

const ofWords = fc.oneof(
  pairs(words).chain(([one, two, some]) => pick([...equality(one, some), ...order(one, two), ...text(one)])),
  ofLength,
)

const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  hour: (date) => date.getUTCHours(),
  weekday: (date) => date.getUTCDay() || 7,
}

const ofMoments = fc.oneof(
  pairs(moments.map((text) => new Date(text))).chain(([one, two, some]) =>
    pick([...equality(one, some), ...order(one, two)]),
  ),
  fc
    .tuple(fc.constantFrom(...Object.keys(PARTS)), fc.constantFrom(1, 2, 3, 12, 29, 31, 2023, 2024))
    .chain(([name, given]) =>
      pick(made(name, (value) => PARTS[name]!(value as Date), [...equality(given, [given]), ...order(given, given)])),
    ),
)

const items = (value: unknown): readonly unknown[] => (isMissing(value) ? [] : [...(value as Iterable<unknown>)])

/** Questions about the elements of a list or a set, each put to any, and to all. */
const ofElements = (of: fc.Arbitrary<Asked>): fc.Arbitrary<Asked> =>
  of.chain(({ lookup, given, test }) =>
    pick([
      asked(`__any${lookup}`, given, (value) => items(value).some(test)),
      asked(`__all${lookup}`, given, (value) => items(value).every(test)),
    ]),
  )

const ofItems = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Asked> =>
  pairs(item).chain(([one, , some]) => {
    const has = (value: unknown, each: unknown) => items(value).includes(each)
    return pick([
      asked('__contains', one, (value) => has(value, one)),
      asked('__containsany', some, (value) => some.some((each) => has(value, each))),
      asked(
        '__containsall',
        some,
        present((value) => some.every((each) => has(value, each))),
      ),
      asked('__containsnone', some, (value) => !some.some((each) => has(value, each))),
      asked('__isnull', true, isMissing),
    ])
  })

const at = (index: number, of: fc.Arbitrary<Asked>): fc.Arbitrary<Asked> =>
  of.map(({ lookup, given, test }) => asked(`__${index}${lookup}`, given, (value) => test(items(value)[index])))

const ofPart = (name: 'name' | 'size', of: fc.Arbitrary<Asked>): fc.Arbitrary<Asked> =>
  of.map(({ lookup, given, test }) =>
    asked(`__${name}${lookup}`, given, (part) => test((part as Record<string, unknown> | undefined)?.[name])),
  )
const ofParts = fc.oneof(ofPart('name', ofWords), ofPart('size', ofWholes))

const ofScores = fc.oneof(
  fc
    .tuple(fc.constantFrom('x', 'y z', 'nope'), ofWholes)
    .map(([name, { lookup, given, test }]) =>
      asked(`__${name}${lookup}`, given, (value) => test((value as Record<string, number> | undefined)?.[name])),
    ),
  fc.constantFrom('x', 'y z').map((name) =>
    asked(
      '__haskey',
      name,
      present((value) => Object.hasOwn(value as object, name)),
    ),
  ),
  ofLength,
)

const ofField = (name: keyof Row, of: fc.Arbitrary<Asked>): fc.Arbitrary<Question> =>
  of.map(({ lookup, given, test }) => ({
    filter: Q({ [`${name}${lookup}`]: given }),
    holds: (row) => test(row[name]),
  }))

const term: fc.Arbitrary<Question> = fc.oneof(
  ofField(
    'id',
    fc
      .oneof(fc.integer({ min: 1, max: 30 }))
      .chain((id) =>
        pick(
          [...equality(id, [id, 7]), ...order(id, id + 9)].filter(
            ({ lookup, given }) => given !== null && lookup !== '__isnull',
          ),
        ),
      ),
  ),
  ofField('count', ofWholes),
  ofField('weight', ofNumbers(floats)),
  ofField('word', ofWords),
  ofField('at', ofMoments),
  ofField('code', ofCodes),
  ofField('tags', fc.oneof(ofItems(words), ofElements(ofWords), at(0, ofWords), at(2, ofWords), ofLength)),
  ofField('marks', fc.oneof(ofItems(wholes), ofElements(ofWholes), ofLength)),
  ofField('main', ofParts),
  ofField(
    'parts',
    fc.oneof(
      ofElements(ofParts),
      at(1, ofParts),
      ofParts.map(({ lookup, given, test }) => asked(lookup, given, (value) => items(value).some(test))),
    ),
  ),
  ofField('scores', ofScores),
)

/** Filters joined in every way, some levels deep. */
export const questions: fc.Arbitrary<Question> = fc.letrec<{ tree: Question }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: term },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('tree'), tie('tree')).map(([left, right]) => ({
        filter: left.filter.and(right.filter as never),
        holds: (row: Row) => left.holds(row) && right.holds(row),
      })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('tree'), tie('tree')).map(([left, right]) => ({
        filter: left.filter.or(right.filter as never),
        holds: (row: Row) => left.holds(row) || right.holds(row),
      })),
    },
    {
      weight: 1,
      arbitrary: tie('tree').map(({ filter, holds }) => ({ filter: filter.not(), holds: (row: Row) => !holds(row) })),
    },
  ),
})).tree
