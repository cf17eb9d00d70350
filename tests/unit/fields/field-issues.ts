import type { ValidationIssue } from '../../../src/errors.js'
import { Findings } from '../../../src/fields/findings.js'
import type { FieldDecorator } from '../../../src/index.js'

/** What a field has to say against a value. */
export function issuesOf({ field }: FieldDecorator<never>, value: unknown): ValidationIssue[] {
  const findings = new Findings()
  field.validate(value, ['it'], findings)
  return findings.issues
}
