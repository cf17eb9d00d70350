import { SurrealEngineError, ValidationError } from '../errors.js'
import { Findings, type WholeCheck, type WholeVerdict } from '../fields/findings.js'
import type { Verdict } from '../fields/field-options.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { bindingsOf } from './bindings-of.js'
import { fieldValues } from './document-state.js'
import { callUser, type Operation } from './operation.js'

/** Checks the given fields of a document, then the document as a whole; everything wrong is listed in one ValidationError. */
export function* validateFields(
  meta: ModelMeta,
  document: object,
  bindings: readonly FieldBinding[] = bindingsOf(meta, document),
): Operation<void> {
  yield* validateInto(new Findings(), meta, { document, bindings })
}

/** {@link validateFields}, with what was found before. */
export function* validateInto(
  findings: Findings,
  meta: ModelMeta,
  { document, bindings }: { readonly document: object; readonly bindings: readonly FieldBinding[] },
): Operation<void> {
  const values = fieldValues(document)
  for (const { name, field } of bindings) {
    const coerced = field.coerce(values[name])
    if (coerced !== values[name]) values[name] = coerced
    field.validate(values[name], [name], findings)
  }
  // most documents have neither, and there may be many documents
  if (findings.pending.length > 0) yield* awaitVerdicts(meta.name, findings)
  if (findings.checks.length > 0 || meta.validates.length > 0) yield* validateWhole(meta, document, findings)
  throwFindings(meta.name, findings)
}

/** Checks the documents inside first, then the document itself. */
function* validateWhole(meta: ModelMeta, document: object, findings: Findings): Operation<void> {
  const methods = fieldValues(document) as Readonly<Record<string, () => WholeVerdict>>
  const own = meta.validates.map((method) => ({
    path: [],
    what: `${meta.name}.${method}`,
    run: () => methods[method]!.call(document),
  }))
  yield* runChecks([...findings.checks, ...own], findings)
}

function* runChecks(checks: readonly WholeCheck[], findings: Findings): Operation<void> {
  const areFieldsValid = findings.issues.length === 0
  for (const { path, what, run } of checks) {
    try {
      findings.takeWhole(path, (yield* callUser(what, run)) as WholeVerdict)
    } catch (error) {
      // it may expect valid fields: what is wrong with those is the news
      if (areFieldsValid || error instanceof SurrealEngineError) throw error
    }
  }
}

/** Waits for the verdicts that are still to come, and checks the documents inside; throws when anything is wrong. */
export function* settleFindings(model: string, findings: Findings): Operation<void> {
  yield* awaitVerdicts(model, findings)
  yield* runChecks(findings.checks, findings)
  throwFindings(model, findings)
}

function* awaitVerdicts(model: string, findings: Findings): Operation<void> {
  for (const { path, verdict } of findings.pending) {
    const validator = `The validator of ${[model, ...path].join('.')}`
    findings.take(path, (yield* callUser(validator, () => verdict)) as Verdict)
  }
}

function throwFindings(model: string, findings: Findings): void {
  if (findings.issues.length > 0) throw new ValidationError(model, findings.issues)
}
