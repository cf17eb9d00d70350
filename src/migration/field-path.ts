import { unescapeName } from './field-tree.js'
import { splitOutside } from './split-outside.js'

/** A name in the database, or each element of a list. */
export type PathStep = { readonly column: string } | '*'

/** A path of names in the database as a key. */
export function pathKey(path: readonly PathStep[]): string {
  return JSON.stringify(path)
}

/** A path as the database writes it, as steps; undefined where it leads through something else than names and elements. */
export function readPath(written: string): readonly PathStep[] | undefined {
  const steps = splitOutside(written, '.')
  if (!steps.every((step) => step === '*' || isPlainStep(step))) return undefined
  return steps.map((step) => (step === '*' ? '*' : { column: unescapeName(step) }))
}

/** `a[0]` is an element, and no name. */
export function isPlainStep(step: string): boolean {
  return step.startsWith('`') || /^\w+$/.test(step)
}
