import { refuseTooDeep } from '../surrealql/compiler/refuse-too-deep.js'
import { and, not, or, type Expression } from '../surrealql/nodes/expression.js'
import { Condition, type ConditionTree } from './condition.js'
import { parseFilter } from './parse-filter.js'
import type { AskedStructure } from './find-place.js'

/** A filter, or what `Q` made of filters, as one expression; undefined when it says nothing. */
export function parseCondition(meta: AskedStructure, given: unknown): Expression | undefined {
  const tree: ConditionTree = given instanceof Condition ? given.tree : { kind: 'filter', filter: given }
  return refuseTooDeep(meta.name, () => parseTree(meta, tree))
}

function parseTree(meta: AskedStructure, tree: ConditionTree): Expression | undefined {
  switch (tree.kind) {
    case 'filter':
      return joined(and, parseFilter(meta, tree.filter))
    case 'not': {
      const { term, isNegated } = negated(tree)
      const parsed = parseTree(meta, term)
      return parsed && isNegated ? not(parsed) : parsed
    }
    case 'and':
    case 'or': {
      const terms = chainOf(tree).map((each) => parseTree(meta, each))
      return joined(
        tree.kind === 'and' ? and : or,
        terms.filter((term) => term !== undefined),
      )
    }
    default:
      return tree satisfies never
  }
}

function joined(join: typeof and, terms: readonly Expression[]): Expression | undefined {
  return terms.length > 1 ? join(...terms) : terms[0]
}

/** What a row of `not()` is about, however long it is, and whether it is to hold. */
function negated(tree: ConditionTree): { readonly term: ConditionTree; readonly isNegated: boolean } {
  let term = tree
  let isNegated = false
  while (term.kind === 'not') {
    term = term.term
    isNegated = !isNegated
  }
  return { term, isNegated }
}

/** `((a or b) or c) or d` as `a, b, c, d`, however long it is. */
function chainOf(tree: Extract<ConditionTree, { kind: 'and' | 'or' }>): readonly ConditionTree[] {
  const found: ConditionTree[] = []
  const waiting: ConditionTree[] = [tree]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === tree.kind) waiting.push(next.right, next.left)
    else found.push(next)
  }
  return found
}
