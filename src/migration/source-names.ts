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

/** The names in generated source: each class has one of its own. */
export class SourceNames {
  readonly #classes = new Set<string>()

  /** `works at` → `WorksAt`. */
  classFor(name: string): string {
    const words = name.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== '')
    const wanted = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
    const base = /^\p{ID_Start}/u.test(wanted) && !BUILT_IN.has(wanted) ? wanted : `Model${wanted}`
    let found = base
    for (let count = 2; this.#classes.has(found); count++) found = `${base}${count}`
    this.#classes.add(found)
    return found
  }

  /** The property for a name in the database. */
  static property(column: string): string {
    const plain = column.replaceAll(/_{2,}/g, '_')
    return TAKEN_NAMES.includes(plain) ? `${plain}Field` : plain
  }
}

/** What the source itself uses. */
const BUILT_IN = new Set(['Date', 'Document', 'Collection', 'Embeddable', 'EmbeddedDocument', 'RecordId'])
