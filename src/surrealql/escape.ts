/**
 * A name as SurrealQL text, always quoted, so that no name can be read as anything else.
 *
 * @example
 * ```ts
 * import { escapeIdentifier } from 'surrealengine'
 * escapeIdentifier('first name') // `first name`, within backticks
 * ```
 */
export function escapeIdentifier(name: string): string {
  return '`' + name.replace(/[\\`]/g, '\\$&') + '`'
}

/** A path as SurrealQL text: each step quoted, joined by dots. */
export function escapePath(path: readonly string[]): string {
  return path.map(escapeIdentifier).join('.')
}
