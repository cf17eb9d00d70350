import type { Dialect } from '../dialect.js'
import type { Expression } from '../nodes/expression.js'
import type { SelectStatement } from '../nodes/select-statement.js'

/** What is nearest, of the records that other conditions hold for: see `Dialect.thinsOutNearest`. */
export function searchEvery(select: SelectStatement, { thinsOutNearest }: Dialect): SelectStatement {
  const { where } = select
  if (!thinsOutNearest || where?.kind !== 'logical' || where.terms.length < 2) return select
  const terms = where.terms.map(ofEvery)
  if (terms.every((term, index) => term === where.terms[index])) return select
  return { ...select, indexes: 'none', where: { ...where, terms } }
}

function ofEvery(expression: Expression): Expression {
  if (expression.kind !== 'search' || expression.term.kind !== 'nearest') return expression
  const { candidates: _, ...term } = expression.term
  return { ...expression, term }
}
