import { isPlainObject } from '../../values.js'
import type { Path } from './select-statement.js'

/** Whether an expression, or one inside, reads one of the columns. */
export function mentions(node: unknown, columns: readonly unknown[]): boolean {
  return holds(node, (each) => each['kind'] === 'idiom' && columns.includes((each['path'] as Path)[0]))
}

/** Whether an expression is worth something else each time. */
export function isRandom(node: unknown): boolean {
  return holds(node, (each) => each['kind'] === 'call' && String(each['name']).startsWith('rand::'))
}

function holds(node: unknown, isWanted: (node: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (Array.isArray(node)) return node.some((each) => holds(each, isWanted))
  if (!isPlainObject(node) || node['kind'] === 'value') return false
  return isWanted(node) || Object.values(node).some((each) => holds(each, isWanted))
}
