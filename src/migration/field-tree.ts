import { splitOutside } from './split-outside.js'

/** A field of a table: its definition, and the fields inside it by name; `*` stands for each element of a list. */
export interface FieldNode {
  definition: string | undefined
  readonly inside: Map<string, FieldNode>
  element: FieldNode | undefined
}

/** The fields of a table, by name, from their definitions by path. */
export function readFieldTree(definitions: Readonly<Record<string, string>>): ReadonlyMap<string, FieldNode> {
  const root = emptyNode()
  for (const [path, definition] of Object.entries(definitions)) {
    let node = root
    for (const step of splitOutside(path, '.')) node = inside(node, step)
    node.definition = definition
  }
  return root.inside
}

function inside(node: FieldNode, step: string): FieldNode {
  if (step === '*') return (node.element ??= emptyNode())
  const name = unescapeName(step)
  const found = node.inside.get(name) ?? emptyNode()
  node.inside.set(name, found)
  return found
}

function emptyNode(): FieldNode {
  return { definition: undefined, inside: new Map(), element: undefined }
}

/** A name as it is, from SurrealQL's writing of it. */
export function unescapeName(written: string): string {
  if (!written.startsWith('`')) return written
  return written.slice(1, -1).replaceAll(/\\(.)/gs, (_, character: string) => ESCAPED[character] ?? character)
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b', 0: '\0' }
