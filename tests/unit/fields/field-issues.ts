import type { ValidationIssue } from '../../../src/errors.js'
import type { FieldDecorator } from '../../../src/index.js'

/** What a field has to say against a value. */
export function issuesOf({ field }: FieldDecorator<never>, value: unknown): ValidationIssue[] {
  const issues: ValidationIssue[] = []
  field.validate(value, ['it'], issues)
  return issues
}
