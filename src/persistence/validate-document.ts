import { ValidationError } from '../errors.js'
import { Findings } from '../fields/findings.js'
import type { Verdict } from '../fields/field-options.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import { fieldValues } from './document-state.js'
import { callUser, type Operation } from './operation.js'

/** Checks the given fields of a document; everything wrong is listed in one ValidationError. */
export function* validateFields(
  structure: Structure,
  document: object,
  bindings: readonly FieldBinding[] = structure.bindings,
): Operation<void> {
  const values = fieldValues(document)
  const findings = new Findings()
  for (const { name, field } of bindings) {
    const coerced = field.coerce(values[name])
    if (coerced !== values[name]) values[name] = coerced
    field.validate(values[name], [name], findings)
  }
  yield* settleFindings(structure.name, findings)
}

/** Waits for the verdicts that are still to come; throws when anything is wrong. */
export function* settleFindings(model: string, findings: Findings): Operation<void> {
  for (const { path, verdict } of findings.pending) {
    const validator = `The validator of ${[model, ...path].join('.')}`
    findings.take(path, (yield* callUser(validator, () => verdict)) as Verdict)
  }
  if (findings.issues.length > 0) throw new ValidationError(model, findings.issues)
}
