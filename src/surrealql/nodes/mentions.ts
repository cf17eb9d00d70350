import { isPlainObject } from '../../values.js'
import type { Path } from './select-statement.js'

/** Whether an expression, or one inside, reads one of the columns. */
export function mentions(node: unknown, columns: readonly unknown[]): boolean {
  if (Array.isArray(node)) return node.some((each) => mentions(each, columns))
  if (!isPlainObject(node) || node['kind'] === 'value') return false
  if (node['kind'] === 'idiom') return columns.includes((node['path'] as Path)[0])
  return Object.values(node).some((each) => mentions(each, columns))
}
