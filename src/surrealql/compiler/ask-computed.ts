import type { Dialect } from '../dialect.js'
import { call, idiom, list, member, type Expression } from '../nodes/expression.js'

/** What is asked of a table some of whose columns are computed. */
interface Asked {
  readonly where?: Expression
  readonly computed?: readonly string[]
}

/** The condition with what is computed in it as arguments of a function: see `Dialect.comparesFutures`. */
export function askComputed<Statement extends Asked>(statement: Statement, { comparesFutures }: Dialect): Statement {
  const { where, computed } = statement
  if (!comparesFutures || !where || !computed) return statement
  return { ...statement, where: replaced(where, computed) }
}

function replaced(expression: Expression, computed: readonly string[]): Expression {
  const each = (part: Expression): Expression => replaced(part, computed)
  switch (expression.kind) {
    case 'idiom': {
      const [first, ...steps] = expression.path
      if (typeof first !== 'string' || !computed.includes(first)) return expression
      return steps.reduce<Expression>(member, call('array::first', list(idiom(first))))
    }
    case 'binary':
      return { ...expression, left: each(expression.left), right: each(expression.right) }
    case 'logical':
      return { ...expression, terms: expression.terms.map(each) }
    case 'not':
      return { ...expression, term: each(expression.term) }
    case 'call':
      return { ...expression, arguments: expression.arguments.map(each) }
    case 'list':
      return { ...expression, items: expression.items.map(each) }
    case 'member':
      return { ...expression, of: each(expression.of) }
    case 'filtered':
      // a path in the condition begins at an item
      return { ...expression, list: each(expression.list) }
    case 'conditional': {
      const { condition, value, otherwise } = expression
      return { ...expression, condition: each(condition), value: each(value), otherwise: each(otherwise) }
    }
    case 'value':
    case 'constant':
    case 'search':
      return expression
    default:
      return expression satisfies never
  }
}
