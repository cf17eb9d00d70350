import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { and, binary, bound, idiom, or } from '../../../src/surrealql/nodes/expression.js'
import { Collection, Document, F, IntField, LookupError, Q, type Condition } from '../../../src/index.js'
import { NEWEST } from './servers.js'

@Collection('deep_person')
class Person extends Document<Person>() {
  @IntField() n?: number
}

const term = (number: number) => binary(idiom('n'), '=', bound(number))
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** The WHERE of a statement with that many terms. */
function where(connective: typeof and, count: number): { readonly text: string; readonly values: unknown[] } {
  const condition = connective(...numbers(count).map(term))
  const statement = { kind: 'select', projection: { kind: 'all' }, from: { kind: 'table', table: 't' } } as const
  const { query, bindings } = compile({ ...statement, where: condition }, NEWEST)
  return { text: query.replace('SELECT * FROM `t` WHERE ', ''), values: Object.values(bindings) }
}

function depth(text: string): number {
  let deepest = 0
  let open = 0
  for (const character of text) {
    if (character === '(') deepest = Math.max(deepest, (open += 1))
    if (character === ')') open -= 1
  }
  expect(open).toBe(0)
  return deepest
}

describe.each([
  ['AND', and],
  ['OR', or],
] as const)('many terms joined by %s', (word, connective) => {
  it('are one chain, in their order, as long as there are few', () => {
    expect(where(connective, 3).text).toBe(`((\`n\` = $p0) ${word} (\`n\` = $p1) ${word} (\`n\` = $p2))`)
    expect(depth(where(connective, 50).text)).toBe(2)
  })

  it('are chains of chains, of which none is too long for the engine, and which nest no deeper than it can read', () => {
    expect(depth(where(connective, 51).text)).toBe(3)
    const { text, values } = where(connective, 20_000)
    expect(depth(text)).toBe(4)
    expect(values).toEqual(numbers(20_000))
  })

  it('all come through, each once, with one connective less than there are terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (count) => {
        const { text, values } = where(connective, count)
        const read = [...text.matchAll(/`n` = \$p(\d+)/g)].map(([, index]) => values[Number(index)])
        expect(read).toEqual(numbers(count))
        expect(text.split(` ${word} `)).toHaveLength(count)
        expect(depth(text)).toBeLessThanOrEqual(3)
      }),
    )
  })
})

describe('conditions inside of each other', () => {
  const text = (queryset: { toSurrealQL(): { readonly query: string } }): string =>
    queryset.toSurrealQL().query.replace('SELECT * FROM `deep_person` WHERE ', '')

  it('are negated once or not at all, however often that is said: a long row of `!` ends the process of the engine', () => {
    let condition: Condition<{ readonly n: number }> = Q({ n: 1 })
    for (const turn of numbers(20_000)) {
      condition = condition.not()
      if (turn < 3) expect(text(Person.objects.filter(condition))).toBe(turn === 1 ? '(`n` = $p0)' : '!(`n` = $p0)')
    }
    expect(text(Person.objects.filter(condition))).toBe('(`n` = $p0)')
    const negated = Person.objects.where((person) => numbers(5001).reduce((asked) => asked.not(), person.n.eq(1)))
    expect(text(negated)).toBe('!(`n` = $p0)')
  })

  it('are refused where they are too deep for a stack', () => {
    const deep = numbers(20_000).reduce<Condition<object>>(
      (condition, turn) => (turn % 2 ? condition.and({ n: turn }) : condition.or({ n: turn })),
      Q({ n: 1 }),
    )
    const message = /^Person(\.n)?: an expression is nested too deeply; join conditions side by side/
    expect(() => Person.objects.filter(deep as never)).toThrow(LookupError)
    expect(() => Person.objects.filter(deep as never)).toThrow(message)
    const named = numbers(20_000).reduce((value) => value.add(1), F('n').add(1))
    expect(() => Person.objects.filter({ n: named })).toThrow(message)
    const sum = Person.objects.where((person) =>
      numbers(20_000)
        .reduce((value) => value.add(1), person.n.add(1))
        .gt(1),
    )
    expect(() => sum.toSurrealQL()).toThrow(LookupError)
  })
})
