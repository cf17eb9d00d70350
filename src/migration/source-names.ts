/** Names that fields cannot have, because documents use them: the field is written with another one, and `dbField`. */
export const TAKEN_NAMES: readonly string[] = [
  ...[
    'id',
    'isNew',
    'isDirty',
    'changes',
    'revert',
    'save',
    'saveSync',
    'update',
    'updateSync',
    'delete',
    'deleteSync',
  ],
  ...['relate', 'relateSync', 'out', 'in', 'both'],
  ...['refresh', 'refreshSync', 'validate', 'validateSync', 'toObject', 'toJSON', 'equals', 'constructor'],
]

/** Names that no property of a class can have: those that every object has are among them. */
export const MEMBER_NAMES: readonly string[] = [...TAKEN_NAMES, ...Object.getOwnPropertyNames(Object.prototype)]

/** What generated source may import as a value, besides the decorators of fields. */
export const VALUE_IMPORTS: ReadonlySet<string> = new Set([
  ...['Access', 'Analyzer', 'Collection', 'DatabaseFunction', 'DatabaseParameter', 'Document', 'Embeddable'],
  ...['EmbeddedDocument', 'RelationDocument', 'Sequence', 'surql'],
])

/** What it may import as a type. */
export const TYPE_IMPORTS: ReadonlySet<string> = new Set([
  ...[
    'DateTime',
    'Decimal',
    'Duration',
    'FileRef',
    'Geometry',
    'GeometryCollection',
    'GeometryLine',
    'GeometryMultiLine',
  ],
  ...['GeometryMultiPoint', 'GeometryMultiPolygon', 'GeometryPoint', 'GeometryPolygon', 'Range', 'RecordId', 'Ref'],
  ...['Table', 'Uuid'],
])

/** What else means something in a module, and would no longer if a class or a constant had the name. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...['Array', 'Boolean', 'Date', 'Function', 'Infinity', 'NaN', 'Number', 'Object', 'Promise', 'Record', 'Set'],
  ...['String', 'Symbol', 'Uint8Array', 'Undefined', 'arguments', 'async', 'await', 'break', 'case', 'catch', 'class'],
  ...['const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'eval', 'export', 'exports'],
  ...['extends', 'false', 'finally', 'for', 'function', 'if', 'implements', 'import', 'in', 'instanceof'],
  ...['interface', 'let', 'module', 'new', 'null', 'package', 'private', 'protected', 'public', 'require', 'return'],
  ...['static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void', 'while'],
  ...['with', 'yield'],
])

/** The names in generated source: each class and each constant has one of its own. */
export class SourceNames {
  readonly #taken = new Set<string>()

  /** `works at` → `WorksAt`. */
  classFor(name: string): string {
    const wanted = wordsIn(name).map(capitalize).join('')
    return this.#take(/^\p{ID_Start}/u.test(wanted) ? wanted : `Model${wanted}`, 'Model')
  }

  /** `page size` → `pageSize`; `kind` stands behind one that is taken. */
  constantFor(name: string, kind: string): string {
    const wanted = uncapitalize(wordsIn(name).map(capitalize).join(''))
    return this.#take(/^\p{ID_Start}/u.test(wanted) ? wanted : `${uncapitalize(kind)}${wanted}`, kind)
  }

  #take(wanted: string, kind: string): string {
    const isFree = (name: string): boolean => !this.#taken.has(name) && !isReserved(name)
    let found = wanted
    if (!isFree(found) && isReserved(found)) found = `${wanted}${kind}`
    for (let count = 2; !isFree(found); count++) found = `${wanted}${count}`
    this.#taken.add(found)
    return found
  }
}

function isReserved(name: string): boolean {
  // the decorators of fields are called like that
  return BUILT_IN.has(name) || VALUE_IMPORTS.has(name) || TYPE_IMPORTS.has(name) || name.endsWith('Field')
}

/** The properties for the names of a table or an object, each another one. */
export function propertiesFor(columns: Iterable<string>, taken: readonly string[]): ReadonlyMap<string, string> {
  const all = [...columns]
  const isAsItIs = (column: string): boolean => propertyFor(column, taken) === column
  const found = new Map(all.filter(isAsItIs).map((column) => [column, column]))
  const used = new Set(found.keys())
  for (const column of all.filter((each) => !isAsItIs(each))) {
    const wanted = propertyFor(column, taken)
    let name = wanted
    for (let count = 2; used.has(name); count++) name = `${wanted}${count}`
    used.add(name)
    found.set(column, name)
  }
  return found
}

/** Filters separate a field from its lookup by two of them. */
function propertyFor(column: string, taken: readonly string[]): string {
  const plain = column.replaceAll(/_{2,}/g, '_')
  return taken.includes(plain) ? `${plain}Field` : plain
}

function wordsIn(name: string): readonly string[] {
  return name.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== '')
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function uncapitalize(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}
