import { ModelDefinitionError } from '../errors.js'
import type { Field } from '../fields/field.js'
import {
  EACH_ELEMENT,
  type DefineFieldStatement,
  type DefineIndexStatement,
  type PathStep,
} from '../surrealql/nodes/define-statement.js'
import type { Statement } from '../surrealql/nodes/statement.js'
import type { IndexOptions, ModelMeta } from './model-meta.js'
import { resolvePath } from './resolve-path.js'
import { tableBindings, tableModels } from './table-models.js'

/** The statements that define a model's table, its fields and its indexes; they may be run again. */
export function defineStatements(meta: ModelMeta): readonly Statement[] {
  const models = tableModels(meta)
  const { table, options } = models[0]!
  const fields = tableBindings(meta).flatMap(({ column, field, isOfVariant }) => {
    const [own, ...parts] = defineField(table, [column], field)
    return isOfVariant && field.options.required
      ? [{ ...own!, type: `none | ${field.databaseType()}` }, ...parts]
      : [own!, ...parts]
  })
  const indexes = new Map(models.flatMap(defineIndexes).map((index) => [index.name, index]))
  return [{ kind: 'define-table', table, schema: options.schema ?? 'less' }, ...fields, ...indexes.values()]
}

function defineField(table: string, path: readonly PathStep[], field: Field): readonly DefineFieldStatement[] {
  const parts = field.parts().flatMap((part) => defineField(table, [...path, part.step], part.field))
  // a list has no gaps, and the database refuses a type of its elements that differs from the list's
  const type = path.at(-1) === EACH_ELEMENT ? field.databaseType() : field.typeExpression()
  return [{ kind: 'define-field', table, path, type }, ...parts]
}

function defineIndexes(meta: ModelMeta): readonly DefineIndexStatement[] {
  const single = meta.bindings.flatMap(({ name, field: { options } }): readonly IndexOptions[] =>
    options.unique || options.index ? [{ fields: [name], unique: options.unique ?? false }] : [],
  )
  return [...single, ...(meta.options.indexes ?? [])].map((index) => {
    const fields = index.fields.map((name) => resolvePath(meta, name)?.path ?? unknownField(meta, name))
    const name =
      index.name ?? [meta.table, ...fields.map((path) => path.join('_')), index.unique ? 'unique' : 'index'].join('_')
    return { kind: 'define-index', table: meta.table, name, fields, unique: index.unique ?? false }
  })
}

function unknownField(meta: ModelMeta, name: string): never {
  throw new ModelDefinitionError('INVALID_MODEL', `An index of ${meta.name} names "${name}", which is no field of it.`)
}
