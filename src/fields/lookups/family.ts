/** What the engine's functions tell apart: all texts take the same ones, whatever field they stand in. */
export type Family =
  | 'text'
  | 'number'
  | 'boolean'
  | 'moment'
  | 'duration'
  | 'list'
  | 'set'
  | 'object'
  | 'record'
  | 'geometry'
  | 'bytes'
  | 'uuid'
  | 'any'

const FAMILIES: Readonly<Record<string, Family>> = {
  string: 'text',
  int: 'number',
  float: 'number',
  decimal: 'number',
  number: 'number',
  bool: 'boolean',
  true: 'boolean',
  false: 'boolean',
  datetime: 'moment',
  duration: 'duration',
  array: 'list',
  set: 'set',
  object: 'object',
  record: 'record',
  geometry: 'geometry',
  bytes: 'bytes',
  uuid: 'uuid',
}

/** The family of a SurrealQL type; `any` for a union of several, and for what has no functions of its own. */
export function familyOf(type: string): Family {
  const members = new Set(withoutParameters(type).split('|').map(familyOfMember))
  const [family = 'any'] = members
  return members.size === 1 ? family : 'any'
}

function familyOfMember(member: string): Family {
  const word = member.trim()
  if (/^["']/.test(word)) return 'text'
  if (/^-?\d/.test(word)) return 'number'
  return FAMILIES[word] ?? 'any'
}

/** `array<string | int>` as `array`; texts are emptied, as they may hold anything. */
function withoutParameters(type: string): string {
  let plain = type.replace(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '""')
  for (let before = ''; before !== plain;) {
    before = plain
    plain = plain.replace(/<[^<>]*>/g, '')
  }
  return plain
}
