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
  // most names have nothing to escape, and a statement has many
  const escaped = /[\\`]/.test(name) ? name.replace(/[\\`]/g, '\\$&') : name
  return '`' + escaped + '`'
}

/** A path as SurrealQL text: each key quoted, joined by dots, and places in brackets. */
export function escapePath(path: readonly (string | number)[]): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? escapeIdentifier(step) : `.${escapeIdentifier(step)}`
  }
  return text
}

/** A text as a SurrealQL string: in double quotes, with everything escaped that could end it or be read as something else. */
export function escapeString(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeCharacter)
  return `"${escaped}"`
}

function escapeCharacter(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`
}
