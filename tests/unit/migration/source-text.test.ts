import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  call,
  expression,
  list,
  object,
  print,
  printDecorator,
  quote,
  quoted,
  text,
  type Source,
} from '../../../src/migration/source-text.js'
import { surql } from '../../../src/index.js'

const START = { indent: 0, column: 0, behind: 0 }
const long = 'x'.repeat(60)

test.each<[string, Source, string]>([
  ['what fits stays in a line', call('f', [quoted('a'), object([['b c', list([text('1'), text('2')])]])]), "f('a', { 'b c': [1, 2] })"],
  ['the last argument is opened', call('f', [quoted('a'), object([['b', quoted(long)], ['c', quoted(long)]])]), `f('a', {\n  b: '${long}',\n  c: '${long}',\n})`],
  ['a call in a call is not', call('f', [call('g', [quoted(long), quoted(long)])]), `f(\n  g(\n    '${long}',\n    '${long}',\n  ),\n)`],
  ['objects of several keys stand below each other', list([object([['a', text('1')], ['b', text('2')]]), object([['a', text('3')], ['b', text('4')]])]), '[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]'],
  ['a text that is too long has a line of its own', object([['key', quoted(long + long)]]), `{\n  key:\n    '${long}${long}',\n}`],
  ['nothing', call('f', [object([]), list([])]), 'f({}, [])'],
])('%s', (_, source, written) => {
  expect(print(source, START)).toBe(written)
}) // prettier-ignore

test('a function in a call among others: in a line as a decorator, and not within a call', () => {
  const source = call('ListField', [call('ReferenceField', [text('() => A')]), object([['required', text('true')]])])
  expect(printDecorator(source, START)).toBe('ListField(ReferenceField(() => A), { required: true })')
  expect(print(source, START)).toBe('ListField(\n  ReferenceField(() => A),\n  { required: true },\n)')
})

const evaluate = (source: string): unknown =>
  (new Function('surql', `return ${source}`) as (tag: object) => unknown)(surql)

const odd = fc.string({
  unit: fc.oneof(fc.constantFrom(...'`${}\\\'"\r\n\u2028\0'), fc.string({ minLength: 1, maxLength: 1 })),
})

test('strings and expressions mean what they say, in one line', () => {
  fc.assert(
    fc.property(odd, (content) => {
      const [string, template] = [quote(content), print(expression(content), START)]
      const query = (evaluate(template) as { query: string }).query
      return evaluate(string) === content && query === content && !/[\n\r]/.test(string + template)
    }),
  )
})
