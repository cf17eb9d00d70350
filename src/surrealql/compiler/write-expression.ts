import { escapePath } from '../escape.js'
import { requireFeature, requireFunction } from '../dialect.js'
import type { Expression, FullTextMatch, NearestVectors, SearchTerm } from '../nodes/expression.js'
import type { SurrealqlWriter } from './surrealql-writer.js'

/** Writes an expression. Every compound one is put in parentheses: precedence differs between server versions. */
export function writeExpression(writer: SurrealqlWriter, expression: Expression): void {
  switch (expression.kind) {
    case 'idiom':
      writer.write(escapePath(expression.path))
      return
    case 'value':
      writer.bind(expression.value)
      return
    case 'constant':
      writer.write(expression.name)
      return
    case 'binary':
      return writeBinary(writer, expression)
    case 'logical':
      writeLogical(writer, expression.operator, expression.terms)
      return
    case 'not':
      writer.write('!')
      writeExpression(writer, expression.term)
      return
    case 'call':
      if (expression.name === 'count' && expression.arguments.length === 0) {
        writer.write(writer.dialect.counts)
        return
      }
      requireFunction(writer.dialect, expression.name, placeOf(expression.arguments))
      writer.write(`${writer.dialect.spellFunction(expression.name)}(`)
      writeList(writer, expression.arguments)
      writer.write(')')
      return
    case 'list':
      writer.write('[')
      writeList(writer, expression.items)
      writer.write(']')
      return
    case 'member':
      writer.write('(')
      writeExpression(writer, expression.of)
      writer.write(typeof expression.step === 'number' ? `)[${expression.step}]` : `).${escapePath([expression.step])}`)
      return
    case 'filtered':
      writer.write('(')
      writeExpression(writer, expression.list)
      writer.write(' ?? [])[WHERE ')
      writeExpression(writer, expression.condition)
      writer.write(']')
      return
    case 'conditional':
      writer.write('(IF ')
      writeExpression(writer, expression.condition)
      writer.write(' { ')
      writeExpression(writer, expression.value)
      writer.write(' } ELSE { ')
      writeExpression(writer, expression.otherwise)
      writer.write(' })')
      return
    case 'search':
      return writeSearch(writer, expression.term)
    default:
      expression satisfies never
  }
}

/** The path that a function or a search is about, for an error. */
function placeOf([first]: readonly Expression[]): string {
  return first?.kind === 'idiom' ? first.path.join('.') : 'An expression'
}

function writeSearch(writer: SurrealqlWriter, term: SearchTerm): void {
  switch (term.kind) {
    case 'match':
      return writeMatch(writer, term)
    case 'nearest':
      return writeNearest(writer, term)
    case 'reference':
      writer.write(String(term.reference))
      return
    default:
      term satisfies never
  }
}

function writeMatch(writer: SurrealqlWriter, { value, reference, words, any, isFurther }: FullTextMatch): void {
  if (any) requireFeature(writer.dialect, 'searches for any of the words', placeOf([value]))
  writer.write(isFurther && writer.dialect.forgetsMatches ? '!!(' : '(')
  writeExpression(writer, value)
  writer.write(` @${reference}${any ? ',OR' : ''}@ `)
  writer.bind(words).write(')')
}

/** The index fails on a record that was written in the same transaction: see `Dialect.losesIds`. */
function writeNearest(writer: SurrealqlWriter, { value, vector, count, metric, candidates }: NearestVectors): void {
  const how = candidates === undefined || writer.dialect.losesIds ? metric : String(candidates)
  writer.write('(')
  writeExpression(writer, value)
  writer.write(` <|${count},${how}|> `)
  writer.bind(vector).write(')')
}

function writeList(writer: SurrealqlWriter, items: readonly Expression[]): void {
  items.forEach((item, index) => {
    if (index > 0) writer.write(', ')
    writeExpression(writer, item)
  })
}

function writeBinary(
  writer: SurrealqlWriter,
  { left, operator, right }: Extract<Expression, { kind: 'binary' }>,
): void {
  const isById = operator === '=' && left.kind === 'idiom' && left.path.length === 1 && left.path[0] === 'id'
  const isScan = isById && writer.dialect.losesIds === true
  writer.write('(')
  writeExpression(writer, left)
  writer.write(isScan ? ' IN [' : ` ${operator} `)
  writeExpression(writer, right)
  writer.write(isScan ? '])' : ')')
}

/** The engine overflows its stack on some 800 terms in one chain, and reads no deeper than some 20 parentheses. */
const LONGEST_CHAIN = 50

/** A chain, or, where it would be too long, a chain of chains. */
function writeLogical(writer: SurrealqlWriter, operator: 'AND' | 'OR', terms: readonly Expression[]): void {
  if (terms.length === 0) {
    writer.write(operator === 'AND' ? 'true' : 'false')
    return
  }
  if (terms.length === 1) {
    writeExpression(writer, terms[0]!)
    return
  }
  const share = terms.length <= LONGEST_CHAIN ? 1 : Math.ceil(terms.length / LONGEST_CHAIN)
  writer.write('(')
  for (let begin = 0; begin < terms.length; begin += share) {
    if (begin > 0) writer.write(` ${operator} `)
    writeLogical(writer, operator, terms.slice(begin, begin + share))
  }
  writer.write(')')
}
