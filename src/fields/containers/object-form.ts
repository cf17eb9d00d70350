import { z, type ZodObject, type ZodType } from 'zod'
import type { Field } from '../field.js'
import type { FieldBinding } from '../structure.js'

/** The zod object of fields under their property names; unknown keys are refused, and a field without a form is left out. */
export function objectForm(
  bindings: readonly FieldBinding[],
  formOf: (field: Field) => ZodType | undefined,
): ZodObject<Record<string, ZodType>> {
  const forms = bindings.map(({ name, field }) => [name, formOf(field)] as const)
  return z.strictObject(
    Object.fromEntries(forms.filter((entry): entry is readonly [string, ZodType] => entry[1] !== undefined)),
  )
}

/** A form of a field's value that may be null and left out wherever a new document may be made without it. */
export function optionalAsAllowed(field: Field, form: ZodType): ZodType {
  const { options } = field
  if (!options.required) return nullableAsAllowed(field, form).optional()
  return options.default !== undefined || field.isFilledIn ? form.optional() : form
}

/** A form of a field's value that may be null where the field may. */
export function nullableAsAllowed(field: Field, form: ZodType): ZodType {
  return field.allowsNull ? form.nullable() : form
}

/** With the default of the field, where that is not the database's to make. */
export function withDefault(field: Field, form: ZodType): ZodType {
  return field.defaultValue() === undefined ? form : form.default(() => field.defaultValue())
}

/** With the comment of the field as its description. */
export function described(field: Field, form: ZodType): ZodType {
  const { comment } = field.options
  return comment === undefined ? form : form.describe(comment)
}
