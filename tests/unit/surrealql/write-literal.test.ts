import { describe, expect, it } from '@jest/globals'
import { writeLiteral } from '../../../src/surrealql/compiler/write-literal.js'
import { NEWEST, VERSION_2 } from './servers.js'

class Person {
  readonly name = 'Ann'
}

function nested(depth: number): unknown {
  let value: unknown = 'secret'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value }
  return value
}

const cyclic: unknown[] = [1]
cyclic.push({ again: cyclic })

describe('writeLiteral', () => {
  it.each<[unknown, string]>([
    [-5, '(-5)'],
    [-0, '(-0f)'],
    [1, '1'],
    [1.5, '1.5f'],
    [2 ** 60, '1152921504606847000f'],
    [1e300, '1e+300f'],
    ['a"b\\c\n', '"a\\"b\\\\c\\u{a}"'],
    [{ 'a b': [undefined, null] }, '{ "a b": [NONE, NULL] }'],
  ])('writes %p', (value, text) => {
    expect(writeLiteral(value, 'User.age', NEWEST)).toBe(text)
  })

  it.each<[unknown, string, string]>([
    [Infinity, 'Infinity', 'math::inf'],
    [-Infinity, '(-Infinity)', 'math::neg_inf'],
    [new Uint8Array([0, 255, 1, 2]), 'b"00ff0102"', 'encoding::base64::decode("AP8BAg")'],
  ])('writes %p for version 3 and for version 2', (value, newest, version2) => {
    expect(writeLiteral(value, 'User.age', NEWEST)).toBe(newest)
    expect(writeLiteral(value, 'User.age', VERSION_2)).toBe(version2)
  })

  it.each<[unknown, string]>([
    [() => 'secret', 'a function'],
    [Symbol('secret'), 'a symbol'],
    [cyclic, 'a value that contains itself'],
    [nested(17), 'a value of more than 16 levels, which servers do not read'],
    [2n ** 63n, 'an integer of more than 64 bits'],
    [-(2n ** 63n) - 1n, 'an integer of more than 64 bits'],
    ['secret \ud800', 'a string with half of a surrogate pair'],
    [{ 'secret \udc00': 1 }, 'a string with half of a surrogate pair'],
    [new Date(NaN), 'an invalid Date'],
    [new RegExp('secret', 'v'), 'a regular expression with the flag v'],
    [new Map([['secret', 1]]), 'an instance of Map'],
    [[{ a: new Person() }], 'an instance of Person'],
    [Promise.resolve('secret'), 'an instance of Promise'],
  ])('refuses %p', (value, what) => {
    expect(() => writeLiteral(value, 'User.age', NEWEST)).toThrow(
      expect.objectContaining({
        code: 'INVALID_DEFINITION',
        message: `User.age: the definition holds ${what}, which cannot be written as SurrealQL.`,
      }),
    )
  })

  it('writes a value as deep as servers read it', () => {
    expect(writeLiteral(nested(16), 'User.age', NEWEST)).toContain('"secret"')
  })

  it('writes a value that is there twice', () => {
    const twice = { a: 1 }
    expect(writeLiteral([twice, twice], 'User.age', NEWEST)).toBe('[{ "a": 1 }, { "a": 1 }]')
  })
})
