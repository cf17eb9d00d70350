import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { and, binary, bound, idiom, or } from '../../../src/surrealql/nodes/expression.js'
import { NEWEST } from './servers.js'

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
