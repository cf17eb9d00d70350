import { isPlainStep } from './field-path.js'
import type { FieldStructure } from './schema-structure.js'
import { expression, quoted, type Source, type SourceEntry } from './source-text.js'
import { splitOutside } from './split-outside.js'
import {
  arePermissionsUsable,
  expressionOption,
  flagOption,
  insideOfBlock,
  isUsable,
  permissionsOption,
  textOption,
} from './write-expression.js'

/** What a reference can say of the record it points at. */
const ON_DELETE: readonly string[] = ['REJECT', 'CASCADE', 'IGNORE', 'UNSET']

/** What becomes of a record when the one it links to is deleted: a word, or statements; undefined where no option says it. */
export function onDeleteOf({ on_delete: action }: NonNullable<FieldStructure['reference']>): Source | undefined {
  if (ON_DELETE.includes(action)) return quoted(action.toLowerCase())
  const body = action.startsWith('THEN ') ? insideOfBlock(action.slice('THEN '.length)) : undefined
  return body === undefined ? undefined : expression(body)
}

/** Whether there are options for all clauses of a definition. */
export function isSayable(structure: FieldStructure): boolean {
  const { name, reference, computed, permissions } = structure
  const expressions = [structure.default, structure.value, structure.assert, computed]
  return (
    // which every record has
    name !== 'id' &&
    isPlainStep(splitOutside(name, '.').at(-1)!) &&
    (reference === undefined || onDeleteOf(reference) !== undefined) &&
    expressions.every((each) => each === undefined || isUsable(each)) &&
    arePermissionsUsable(permissions)
  )
}

/** What a field has besides its type, unless it is computed. */
export function storedOptions(structure: FieldStructure): readonly SourceEntry[] {
  return [
    ...expressionOption(structure.default_always ? 'defaultAlways' : 'default', structure.default),
    ...flagOption('readonly', structure.readonly),
    ...expressionOption('value', structure.value),
    ...expressionOption('assert', structure.assert),
    ...commonOptions(structure),
  ]
}

/** What a computed field may have too. */
export function commonOptions({ comment, permissions }: FieldStructure): readonly SourceEntry[] {
  return [...textOption('comment', comment), ...permissionsOption(permissions, true)]
}

/** What an element of a list has besides its type; undefined where no element can have it. */
export function elementOptions(structure: FieldStructure): readonly SourceEntry[] | undefined {
  const { default: given, computed, reference, readonly, value, assert } = structure
  if (readonly || given !== undefined || computed !== undefined || reference !== undefined) return undefined
  if (![value, assert].every((each) => each === undefined || isUsable(each))) return undefined
  if (!arePermissionsUsable(structure.permissions)) return undefined
  return [...expressionOption('value', value), ...expressionOption('assert', assert), ...commonOptions(structure)]
}
