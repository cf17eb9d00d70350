import { ModelDefinitionError } from '../errors.js'
import { declaredFields, type DeclaredFields } from '../fields/field-decorator.js'
import type { FieldBinding } from '../fields/structure.js'
import { checkFieldOptions } from './define-fields.js'

/** A decorated class as its decorator sees it. */
export interface DecoratedClass {
  readonly target: { readonly name: string; readonly prototype: object }
  readonly context: { readonly metadata?: object } | undefined
  /** Names that fields cannot have, because documents use them. */
  readonly reserved: ReadonlySet<string>
  /** Fields that it has without a decorator; one that has a decorator stands in the place of one of its name. */
  readonly builtIn?: readonly FieldBinding[]
}

/** The fields of a class under their names in both worlds, all checks done. */
export function bindFields({ target, context, reserved, builtIn = [] }: DecoratedClass): readonly FieldBinding[] {
  const declared: DeclaredFields = declaredFields(target, context)
  const added = builtIn.filter(({ name }) => !declared.has(name))
  const columns = new Map(added.map(({ name, column }) => [column, name]))
  const bindings = [...declared].map(([name, field]) => {
    const column = field.options.dbField ?? name
    const where = `${target.name}.${name}`
    if (reserved.has(name))
      throw invalid(
        `${where}: "${name}" is a member of every document; name the field otherwise, with dbField: '${name}'.`,
      )
    if (name.includes('__'))
      throw invalid(`${where}: "__" separates a field from its lookup in filters; leave it out of the name.`)
    if (column === '' || column.includes('\0')) throw invalid(`${where}: dbField is empty or has a zero character.`)
    if (column === 'id') throw invalid(`${where}: "id" in the database is the record id; choose another dbField.`)
    const other = columns.get(column)
    if (other !== undefined)
      throw invalid(`${where} and ${target.name}.${other} are both stored as "${column}"; give one another dbField.`)
    columns.set(column, name)
    checkFieldOptions(field, where)
    return { name, column, field }
  })
  return [...added, ...bindings]
}

function invalid(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_MODEL', message)
}
