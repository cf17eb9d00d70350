import { z, type ZodObject, type ZodType } from 'zod'
import { AnyKind } from '../fields/any-field.js'
import type { Field } from '../fields/field.js'
import { Findings, type ValuePath, type WholeVerdict } from '../fields/findings.js'
import {
  described,
  nullableAsAllowed,
  objectForm,
  optionalAsAllowed,
  withDefault,
} from '../fields/containers/object-form.js'
import type { Structure } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'
import type { SchemaVariant } from './model-schema-types.js'

type FieldForm = (field: Field) => ZodType | undefined

/**
 * `zod/` is where a model and zod meet: schemas of a model for what comes in and goes out, and fields from a schema. It
 * knows fields and definitions, but no documents and no database.
 */
const GIVEN: Readonly<Record<SchemaVariant, FieldForm>> = {
  create: (field) => (field.isComputed ? undefined : withDefault(field, optionalAsAllowed(field, checked(field)))),
  update: (field) => (isFixed(field) ? undefined : nullableAsAllowed(field, checked(field)).optional()),
  read: readForm,
}

const JSON_FORM: Readonly<Record<SchemaVariant, FieldForm>> = {
  create: (field) =>
    field.isComputed ? undefined : withPlainDefault(field, optionalAsAllowed(field, field.jsonForm())),
  update: (field) => (isFixed(field) ? undefined : nullableAsAllowed(field, field.jsonForm()).optional()),
  read: readForm,
}

const schemas = new WeakMap<ModelMeta, Map<SchemaVariant, ZodObject>>()

/** The zod schema of a model: made once, since handlers ask for it at every request. */
export function modelSchema(meta: ModelMeta, variant: SchemaVariant): ZodObject {
  const made = schemas.get(meta) ?? new Map<SchemaVariant, ZodObject>()
  schemas.set(meta, made)
  const schema = made.get(variant) ?? build(meta, variant, GIVEN)
  made.set(variant, schema)
  return schema
}

/** The zod schema of a model's JSON form. */
export function jsonFormSchema(meta: ModelMeta, variant: SchemaVariant): ZodObject {
  return build(meta, variant, JSON_FORM)
}

function build(meta: Structure, variant: SchemaVariant, forms: Readonly<Record<SchemaVariant, FieldForm>>): ZodObject {
  const form = forms[variant]
  const fields = objectForm(meta.bindings, (field) => {
    const made = form(field)
    return made && described(field, made)
  })
  const whole = variant === 'read' ? z.strictObject({ id: z.string(), ...fields.shape }) : fields
  return meta.keepsUnknown ? withUnknown(meta, whole) : whole
}

const unknown = new AnyKind()

/** Keys that are no fields may hold anything; those that are fields, and were left out, may not be there all the same. */
function withUnknown(meta: Structure, { shape }: ZodObject): ZodObject {
  const taken = ['id', ...meta.bindings.flatMap(({ name, column }) => [name, column])]
  const refused = taken.filter((name) => !Object.hasOwn(shape, name)).map((name) => [name, z.never().optional()])
  return z.object({ ...Object.fromEntries(refused), ...shape }).catchall(unknown.zodType())
}

function isFixed(field: Field): boolean {
  return field.isComputed || (field.options.readonly ?? false)
}

/** What `toJSON()` shows of a field; a required one is there, unless the database leaves it out. */
function readForm(field: Field): ZodType | undefined {
  if (field.options.hidden) return undefined
  if (field.isComputed) return field.jsonForm().nullable().optional()
  return field.options.required ? field.jsonForm() : nullableAsAllowed(field, field.jsonForm()).optional()
}

/** The value of a field, checked by the field itself: its limits, what is inside it, and validators at every depth. */
function checked(field: Field): ZodType {
  const taken = field.options.coerce ? z.preprocess((value) => field.coerce(value), field.zodType()) : field.zodType()
  return taken.superRefine((value, context) => {
    if (context.issues.length > 0) return
    const findings = new Findings()
    field.validate(value, [], findings)
    const report = (): void => {
      for (const { path, code, message } of findings.issues)
        context.addIssue({ code: 'custom', path: [...path], message, params: { code } })
    }
    // the methods of documents inside expect valid fields
    const said = findings.issues.length === 0 ? findings.checks.map(({ path, run }) => ({ path, verdict: run() })) : []
    for (const { path, verdict } of said) if (!isPromiseLike(verdict)) findings.takeWhole(path, verdict)
    const waits = findings.pending.length > 0 || said.some(({ verdict }) => isPromiseLike(verdict))
    return waits ? settle(findings, said).then(report) : report()
  })
}

interface Said {
  readonly path: ValuePath
  readonly verdict: WholeVerdict | PromiseLike<WholeVerdict>
}

async function settle(findings: Findings, said: readonly Said[]): Promise<void> {
  for (const { path, verdict } of findings.pending) findings.take(path, await verdict)
  for (const { path, verdict } of said) if (isPromiseLike(verdict)) findings.takeWhole(path, await verdict)
}

function isPromiseLike(value: Said['verdict']): value is PromiseLike<WholeVerdict> {
  return typeof value === 'object' && value !== null && 'then' in value
}

/** A default that JSON has; another one is for the document to fill in. */
function withPlainDefault(field: Field, form: ZodType): ZodType {
  const value = field.options.default
  return ['string', 'number', 'boolean'].includes(typeof value) ? form.default(value) : form
}
