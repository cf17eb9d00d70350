import { isPlainObject } from '../../values.js'
import type { Dialect } from '../dialect.js'
import type { Expression } from '../nodes/expression.js'
import type { IndexedColumns, Path, Target } from '../nodes/select-statement.js'

/** What a condition is asked of. */
interface Asked {
  readonly target: Target
  readonly where?: Expression
  /** For UPDATE and DELETE, `IN` finds nothing by the first column of a unique index. */
  readonly isWrite?: boolean
}

/** Whether the engine may answer a condition by an index that gives other records: see `Dialect.incompleteIndexes`. */
export function isMisled({ target, where, isWrite = false }: Asked, dialect: Dialect): boolean {
  if (!dialect.incompleteIndexes || !where || target.kind !== 'table' || !target.indexed) return false
  return target.indexed.some((index) => misleads(index, where)) && !isSearch(where)

  /** An index is asked only for a condition on the first of its columns. */
  function misleads({ paths, isUnique, isOfEvery, isOfItems }: IndexedColumns, where: Expression): boolean {
    if (!mentions(where, paths[0]!)) return false
    if (isOfItems) return true
    const isTrusted = dialect.losesBeginnings !== true
    if (!isUnique) return !isTrusted && !isGiven(paths[0]!, where)
    return !(isTrusted && isOfEvery && !isWrite) && !paths.every((path) => isGiven(path, where))
  }
}

/** Whether a condition holds for one value of a column only, which is none that is missing. */
function isGiven(path: Path, where: Expression): boolean {
  if (where.kind === 'logical') return where.operator === 'AND' && where.terms.some((term) => isGiven(path, term))
  if (where.kind !== 'binary' || where.operator !== '=' || where.left.kind !== 'idiom') return false
  return isSame(where.left.path, path) && where.right.kind === 'value' && (where.right.value ?? null) !== null
}

function isSame(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((step, index) => step === right[index])
}

function mentions(node: unknown, column: Path): boolean {
  return some(node, ({ kind, path }) => kind === 'idiom' && (path as Path)[0] === column[0])
}

/** What looks for words or vectors is answered by the index of those, and by no other. */
function isSearch(where: Expression): boolean {
  return some(where, ({ kind }) => kind === 'search')
}

function some(node: unknown, test: (node: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (Array.isArray(node)) return node.some((each) => some(each, test))
  if (!isPlainObject(node)) return false
  if (test(node)) return true
  return node['kind'] !== 'value' && Object.values(node).some((each) => some(each, test))
}
