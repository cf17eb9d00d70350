import { escapePath } from '../escape.js'
import type { Expression } from '../nodes/expression.js'
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
      writer.write(`${writer.dialect.functionNames[expression.name] ?? expression.name}(`)
      expression.arguments.forEach((argument, index) => {
        if (index > 0) writer.write(', ')
        writeExpression(writer, argument)
      })
      writer.write(')')
      return
    default:
      expression satisfies never
  }
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

/** Halved again and again: the engine overflows its stack on a flat chain of some 800 terms. */
function writeLogical(writer: SurrealqlWriter, operator: 'AND' | 'OR', terms: readonly Expression[]): void {
  if (terms.length === 0) {
    writer.write(operator === 'AND' ? 'true' : 'false')
    return
  }
  if (terms.length === 1) {
    writeExpression(writer, terms[0]!)
    return
  }
  const middle = Math.ceil(terms.length / 2)
  writer.write('(')
  writeLogical(writer, operator, terms.slice(0, middle))
  writer.write(` ${operator} `)
  writeLogical(writer, operator, terms.slice(middle))
  writer.write(')')
}
