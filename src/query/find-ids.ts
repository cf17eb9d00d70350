import type { BinaryOperator, Expression } from '../surrealql/nodes/expression.js'

/** The ids that a record must have one of, and the conditions besides that. */
export interface FoundIds {
  readonly ids: readonly unknown[]
  readonly rest: readonly Expression[]
}

/** Looks for a condition that names the ids, among those that all have to hold: the records can be asked for by them then. */
export function findIds(conditions: readonly Expression[], operators: readonly BinaryOperator[]): FoundIds | undefined {
  const terms: Expression[] = []
  for (const condition of conditions) addTerms(condition, terms)
  for (const term of terms) {
    const ids = idsOf(term, operators)
    if (ids) return { ids, rest: terms.filter((other) => other !== term) }
  }
  return undefined
}

function addTerms(condition: Expression, found: Expression[]): void {
  if (condition.kind !== 'logical' || condition.operator !== 'AND') found.push(condition)
  else for (const term of condition.terms) addTerms(term, found)
}

function idsOf(term: Expression, operators: readonly BinaryOperator[]): readonly unknown[] | undefined {
  if (term.kind !== 'binary' || !operators.includes(term.operator) || !isId(term.left)) return undefined
  if (term.right.kind !== 'value') return undefined
  const { value } = term.right
  if (term.operator === '=') return [value]
  // a record that is named twice is one record
  return Array.isArray(value)
    ? [...new Map(value.map((id): [string, unknown] => [String(id), id])).values()]
    : undefined
}

function isId(expression: Expression): boolean {
  return expression.kind === 'idiom' && expression.path.length === 1 && expression.path[0] === 'id'
}
