import { ModelDefinitionError } from '../errors.js'
import type { Field } from '../fields/field.js'
import { EACH_ELEMENT, type DefineFieldStatement, type PathStep } from '../surrealql/nodes/define-statement.js'
import { isSurql } from '../surrealql/surql.js'
import { permissionsOf } from './definition-parts.js'
import type { ModelMeta } from './model-meta.js'
import { tableBindings } from './table-models.js'

const FIELD_ACTIONS = ['select', 'create', 'update'] as const
/** What makes no sense of a value that the database computes. */
const NOT_COMPUTED = ['default', 'defaultAlways', 'value', 'assert', 'readonly', 'unique', 'index'] as const

/** What would give a field to records that have none, or refuse them. */
const NOT_OF_VARIANTS = {
  default: undefined,
  sequence: undefined,
  defaultAlways: undefined,
  value: undefined,
  assert: undefined,
}

/** The statements that define a model's fields, each before what is inside of it. */
export function defineFields(meta: ModelMeta): readonly DefineFieldStatement[] {
  return tableBindings(meta).flatMap(({ column, field, isOfVariant }) => {
    const [own, ...parts] = defineField(meta, [column], field)
    // the records of the other models in the table have no such field
    const type = field.options.required ? `none | ${field.databaseType()}` : own!.type
    const optional = { ...own!, type, ...NOT_OF_VARIANTS }
    return [isOfVariant ? optional : own!, ...parts]
  })
}

function defineField(meta: ModelMeta, path: readonly PathStep[], field: Field): readonly DefineFieldStatement[] {
  const { options } = field
  if (field.isComputed && path.length > 1) {
    throw invalid(`${meta.name}.${path.map(String).join('.')}`, 'only a field of the table itself can be computed')
  }
  const parts = field.parts().flatMap((part) => defineField(meta, [...path, part.step], part.field))
  const statement: DefineFieldStatement = {
    kind: 'define-field',
    table: meta.table,
    path,
    // a list has no gaps, and the database refuses a type of its elements that differs from the list's
    type: path.at(-1) === EACH_ELEMENT ? field.databaseType() : field.isTyped ? field.typeExpression() : '',
    // a table without a schema takes unknown keys anyway, and the database refuses the word there
    flexible: field.isFlexible && meta.options.schema === 'full',
    // the list watches what its elements link to
    onDelete: path.length === 1 ? field.onDelete : undefined,
    default: isSurql(options.default) ? options.default : undefined,
    sequence: field.sequence?.name,
    defaultAlways: options.defaultAlways,
    readonly: options.readonly,
    value: options.value,
    assert: options.assert,
    computed: options.computed,
    permissions: permissionsOf(options.permissions, FIELD_ACTIONS, true),
    comment: options.comment,
  }
  return [statement, ...parts]
}

/** Refuses options that contradict each other; `where` names the field. */
export function checkFieldOptions({ options, isComputed }: Field, where: string): void {
  for (const name of ['defaultAlways', 'value', 'assert', 'computed'] as const) {
    if (options[name] !== undefined && !isSurql(options[name])) {
      throw invalid(where, `the option ${name} is an expression: surql\`…\``)
    }
  }
  if (options.defaultAlways !== undefined && options.default !== undefined) {
    throw invalid(where, 'the options default and defaultAlways are two answers to one question; drop one of them')
  }
  if (!isComputed) return
  for (const name of NOT_COMPUTED) {
    if (options[name] !== undefined && options[name] !== false)
      throw invalid(where, `a computed field cannot have the option ${name}`)
  }
}

function invalid(where: string, what: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_FIELD_OPTION', `${where}: ${what}.`)
}
