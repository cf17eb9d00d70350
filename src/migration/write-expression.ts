import { SurrealEngineError } from '../errors.js'
import { inlineBindings } from '../surrealql/compiler/inline-bindings.js'
import { dialectFor } from '../surrealql/dialect.js'
import type { StructurePermission, StructurePermissions } from './schema-structure.js'
import { expression, object, quoted, text, type Source, type SourceEntry } from './source-text.js'
import { splitOutside } from './split-outside.js'

/** Whether the compiler of definitions writes an expression as it is. */
export function isUsable(surrealql: string, block = false): boolean {
  try {
    const written = inlineBindings(
      { query: surrealql, bindings: {} },
      { dialect: dialectFor(undefined), where: '', block },
    )
    return written === surrealql.trim()
  } catch (error) {
    if (error instanceof SurrealEngineError) return false
    throw error
  }
}

/** What is within the braces of a block; undefined for what is none, or an empty one. */
export function insideOfBlock(written: string): string | undefined {
  if (!/^\{[^]*\}$/.test(written) || splitOutside(written, ' ').length > 1) return undefined
  const inside = written.slice(1, -1).trim()
  return inside !== '' && isUsable(inside, true) ? inside : undefined
}

/** An option that is an expression, where there is one. */
export function expressionOption(key: string, surrealql: string | undefined): readonly SourceEntry[] {
  return surrealql === undefined ? [] : [[key, expression(surrealql)]]
}

/** An option that is text, where there is one. */
export function textOption(key: string, content: string | undefined): readonly SourceEntry[] {
  return content === undefined ? [] : [[key, quoted(content)]]
}

/** An option that is set, or not there. */
export function flagOption(key: string, isSet: boolean | undefined): readonly SourceEntry[] {
  return isSet ? [[key, text('true')]] : []
}

/** Who may do what, by action; `unsaid` is what holds for an action that the option leaves out. */
export function permissionsOption(given: StructurePermissions, unsaid: boolean): readonly SourceEntry[] {
  const said = Object.entries(given).filter(([, permission]) => permission !== unsaid)
  if (said.length === 0) return []
  const all = Object.values(given)
  const isOne = typeof all[0] === 'boolean' && all.every((permission) => permission === all[0])
  if (isOne) return [['permissions', quoted(all[0] ? 'full' : 'none')]]
  return [['permissions', object(said.map(([action, permission]) => [action, toPermission(permission)]))]]
}

/** Who may do one thing. */
export function toPermission(permission: StructurePermission): Source {
  return typeof permission === 'boolean' ? text(String(permission)) : expression(permission)
}

/** Whether all permissions can be written. */
export function arePermissionsUsable(given: StructurePermissions): boolean {
  return Object.values(given).every((permission) => typeof permission === 'boolean' || isUsable(permission))
}
