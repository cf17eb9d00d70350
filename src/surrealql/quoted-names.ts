/** Whether the engine quotes a name wherever it writes it. Under some of these it does not find again what it keeps. */
export function isQuoted(name: string): boolean {
  return !/^[A-Za-z_]\w*$/.test(name) || name === 'Infinity' || name === 'NaN'
}

/** Words that it quotes as well where they are a whole path, besides those that no field of a table may be called. */
const WORDS = new Set([
  ...[
    'after',
    'all',
    'before',
    'begin',
    'by',
    'cancel',
    'commit',
    'diff',
    'kill',
    'live',
    'option',
    'rand',
    'sequence',
  ],
  ...['show', 'table', 'use', 'value', 'where'],
])

/** Whether the engine finds the references of a field: it looks for the name as it is, and keeps the name as it writes it. */
export function findsReferencesOf(column: string): boolean {
  return !isQuoted(column) && !WORDS.has(column.toLowerCase())
}
