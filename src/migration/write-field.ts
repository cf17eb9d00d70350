import type { FieldNode } from './field-tree.js'
import { SourceNames } from './source-names.js'
import { splitOutside, typeOf, wordsOf } from './split-outside.js'

/** A field as source. */
export interface WrittenField {
  readonly lines: readonly string[]
  /** Definitions that no decorator says. */
  readonly leftOut: readonly string[]
  readonly imports: readonly string[]
}

interface Context {
  readonly column: string
  /** Writes the class of an object with fields, and gives its name. */
  readonly embedded: (inside: ReadonlyMap<string, FieldNode>) => string
}

/** A decorator, and the type of what it stands on. */
interface Decorator {
  readonly decorator: string
  /** Inside of its brackets, before the options. */
  readonly argument?: string
  readonly options?: string
  readonly type: string
  readonly imports: readonly string[]
}

const simple = (decorator: string, type: string): Decorator => ({ decorator, type, imports: [decorator] })

/** By type in the database. A kind of field more is a line more. */
const BY_TYPE: Readonly<Record<string, Decorator>> = {
  bool: simple('BooleanField', 'boolean'),
  datetime: simple('DateTimeField', 'Date'),
  float: simple('FloatField', 'number'),
  int: simple('IntField', 'number'),
  record: { ...simple('RecordIDField', 'RecordId'), imports: ['RecordIDField', 'type RecordId'] },
  string: simple('StringField', 'string'),
}

/** A field with its decorator; without one it is only mentioned. */
export function writeField(node: FieldNode, { column, embedded }: Context): WrittenField {
  const definition = node.definition ?? ''
  const nothing: WrittenField = {
    lines: [],
    leftOut: [definition, ...innerDefinitions(node)].filter(Boolean),
    imports: [],
  }
  const { type, isRequired } = withoutNone(typeOf(definition), node)
  const found = type === undefined ? undefined : decoratorFor(type, node, embedded)
  if (!found || !isOnlyTyped(definition)) return nothing
  const name = SourceNames.property(column)
  const options = [
    ...(isRequired ? ['required: true'] : []),
    ...(name === column ? [] : [`dbField: ${JSON.stringify(column)}`]),
    ...(found.options === undefined ? [] : [found.options]),
  ]
  const given = [found.argument, options.length > 0 ? `{ ${options.join(', ')} }` : undefined]
  const property = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)
  const decorator = `@${found.decorator}(${given.filter((part) => part !== undefined).join(', ')})`
  return {
    lines: [`${decorator} ${property}${isRequired ? '!' : '?'}: ${found.type}`],
    leftOut: [],
    imports: found.imports,
  }
}

/** The type without NONE and NULL; undefined where a field cannot have just these two or none of them. */
function withoutNone(
  type: string | undefined,
  node: FieldNode,
): { readonly type?: string; readonly isRequired: boolean } {
  const alternatives = type === undefined ? [] : splitOutside(type, '|').map((each) => each.trim())
  const [only, ...more] = alternatives.filter((each) => each !== 'none' && each !== 'null')
  // the database defines no field inside one that may be NULL
  const holdsFields = node.inside.size > 0 || elementOf(node).inside.size > 0
  const missing = alternatives.filter((each) => each === 'none' || each === 'null').join(' ')
  const isOptional = missing === (holdsFields ? 'none' : 'none null')
  if (only === undefined || more.length > 0 || (missing !== '' && !isOptional)) return { isRequired: false }
  return { type: only, isRequired: missing === '' }
}

/** The innermost element of a list of lists. */
function elementOf(node: FieldNode): FieldNode {
  return node.element ? elementOf(node.element) : node
}

function decoratorFor(type: string, node: FieldNode, embedded: Context['embedded']): Decorator | undefined {
  const known = BY_TYPE[type]
  if (known) return node.inside.size > 0 || node.element ? undefined : known
  const [, kind, inner = ''] = /^(\w+)<(.*)>$/s.exec(type) ?? []
  if (kind === 'record' && !inner.includes('|')) {
    return { ...BY_TYPE['record']!, options: `table: ${JSON.stringify(inner.replaceAll('`', ''))}` }
  }
  if (kind === 'array') return listOf(inner, node, embedded)
  if (type !== 'object' || node.inside.size === 0 || node.element) return undefined
  const name = embedded(node.inside)
  return { decorator: 'EmbeddedField', argument: `() => ${name}`, type: name, imports: ['EmbeddedField'] }
}

function listOf(inner: string, node: FieldNode, embedded: Context['embedded']): Decorator | undefined {
  const { element } = node
  if (!element || typeOf(element.definition ?? '') !== inner || !isOnlyTyped(element.definition ?? '')) return undefined
  const item = decoratorFor(inner, element, embedded)
  if (!item || node.inside.size > 0) return undefined
  const given = [item.argument, item.options === undefined ? undefined : `{ ${item.options} }`]
  return {
    decorator: 'ListField',
    argument: `${item.decorator}(${given.filter((part) => part !== undefined).join(', ')})`,
    type: `${item.type}[]`,
    imports: ['ListField', ...item.imports],
  }
}

/** DEFINE FIELD name ON table TYPE … PERMISSIONS FULL, and nothing else. */
function isOnlyTyped(definition: string): boolean {
  return wordsOf(definition).slice(5).join(' ') === `TYPE ${typeOf(definition)} PERMISSIONS FULL`
}

function innerDefinitions(node: FieldNode): readonly string[] {
  const nodes = [...node.inside.values(), ...(node.element ? [node.element] : [])]
  return nodes.flatMap((each) => [
    ...(each.definition === undefined ? [] : [each.definition]),
    ...innerDefinitions(each),
  ])
}
