import { ValidationError, type ValidationIssue } from '../errors.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import { fieldValues } from './document-state.js'

/** Checks the given fields of a document; everything wrong is listed in one ValidationError. */
export function validateFields(
  structure: Structure,
  document: object,
  bindings: readonly FieldBinding[] = structure.bindings,
): void {
  const values = fieldValues(document)
  const issues: ValidationIssue[] = []
  for (const { name, field } of bindings) field.validate(values[name], [name], issues)
  if (issues.length > 0) throw new ValidationError(structure.name, issues)
}
