/**
 * The rules of this package that no published ESLint plugin has. Each is proven by a planted violation in tests/lint.
 */
import path from 'node:path'
import tseslint from 'typescript-eslint'
import ts from 'typescript'

/** Only classes of src/errors.ts are thrown or rejected with. What was caught (`unknown`) may be thrown on. */
const throwOwnErrors = {
  meta: {
    type: 'problem',
    messages: { foreign: 'Throw a class of src/errors.ts: users tell errors apart by its codes.' },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices
    const checker = services.program.getTypeChecker()
    const isOwn = (type) => {
      if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return true
      if (type.isUnion()) return type.types.every(isOwn)
      if (type.flags & ts.TypeFlags.TypeParameter)
        return isOwn(checker.getBaseConstraintOfType(type) ?? type.getDefault() ?? checker.getAnyType())
      if (type.symbol?.name === 'SurrealEngineError') return true
      return type.isClassOrInterface() && checker.getBaseTypes(type).some(isOwn)
    }
    const check = (node) => {
      if (node && !isOwn(services.getTypeAtLocation(node))) context.report({ node, messageId: 'foreign' })
    }
    return {
      ThrowStatement: (node) => check(node.argument),
      'CallExpression[callee.object.name="Promise"][callee.property.name="reject"]': (node) => check(node.arguments[0]),
      'CallExpression[callee.name="reject"]': (node) => check(node.arguments[0]),
    }
  },
}

const exportedNames = (statement) => {
  if (statement.type !== 'ExportNamedDeclaration') return []
  const { declaration, specifiers } = statement
  if (!declaration) return specifiers.map(({ exported }) => exported.name ?? exported.value)
  if (declaration.type !== 'VariableDeclaration') return [declaration.id.name]
  return declaration.declarations.map(({ id }) => id.name ?? '')
}

/**
 * An export of a file shares a word, or its stem, with the file's name: `model-registry.ts` exports `registerModel`,
 * `hydrator.ts` `hydrate`. A plural name (`values.ts`, `hooks.ts`) announces a collection and is let pass.
 */
const mainExportName = {
  meta: {
    type: 'suggestion',
    messages: { unnamed: "No export of this file is named like the file: '{{name}}'." },
    schema: [],
  },
  create: (context) => ({
    Program(program) {
      const name = path.basename(context.filename, '.ts')
      const exported = program.body.flatMap(exportedNames).map((each) => each.toLowerCase())
      if (exported.length === 0 || name.endsWith('s')) return
      const stems = name.split('-').map((word) => word.slice(0, 6))
      if (stems.some((stem) => exported.some((each) => each.includes(stem)))) return
      context.report({ loc: { line: 1, column: 0 }, messageId: 'unnamed', data: { name } })
    },
  }),
}

/** A file that only passes on what its neighbours export. src/index.ts is the one there is. */
const noBarrel = {
  meta: {
    type: 'problem',
    messages: { barrel: 'Import from the file that has the name; src/index.ts is the only list of exports.' },
    schema: [],
  },
  create: (context) => ({
    Program({ body }) {
      const passesOn = ({ type, source }) => type.startsWith('Export') && source?.value.startsWith('.')
      const isBarrel =
        body.length > 0 && body.every((statement) => passesOn(statement) || statement.type === 'ImportDeclaration')
      if (path.basename(context.filename) === 'index.ts' || isBarrel)
        context.report({ loc: { line: 1, column: 0 }, messageId: 'barrel' })
    },
    'ExportAllDeclaration[exported=null]': (node) => context.report({ node, messageId: 'barrel' }),
  }),
}

const CATCH_ALL = /^(util|utils|utilities|helper|helpers|common|misc|shared|lib)$/

/** A name that says nothing collects everything. */
const noCatchAllNames = {
  meta: {
    type: 'problem',
    messages: { catchAll: "'{{part}}' says nothing: name the file or folder after what it does." },
    schema: [],
  },
  create: (context) => ({
    Program() {
      const parts = path
        .relative(context.cwd, context.filename)
        .replace(/(\.test)?\.[a-z]+$/, '')
        .split(/[\\/]/)
      const part = parts.find((part) => CATCH_ALL.test(part))
      if (part) context.report({ loc: { line: 1, column: 0 }, messageId: 'catchAll', data: { part } })
    },
  }),
}

/** Whoever switches a rule off says why: `// eslint-disable-next-line rule -- reason`. */
const explainedDisable = {
  meta: {
    type: 'problem',
    messages: { unexplained: 'Say why: // eslint-disable-next-line some-rule -- the reason' },
    schema: [],
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value))
          context.report({ loc: comment.loc, messageId: 'unexplained' })
      }
    },
  }),
}

const publishedSwitchRule = tseslint.plugin.rules['switch-exhaustiveness-check']

/** `@typescript-eslint/switch-exhaustiveness-check`, but for `switch (typeof x)`: its union is not ours and never grows. */
const exhaustiveSwitch = {
  ...publishedSwitchRule,
  create(context) {
    const { SwitchStatement: check, ...others } = publishedSwitchRule.create(context)
    const isTypeof = ({ discriminant }) => discriminant.type === 'UnaryExpression' && discriminant.operator === 'typeof'
    return { ...others, SwitchStatement: (node) => (isTypeof(node) ? undefined : check(node)) }
  },
}

export default {
  rules: {
    'throw-own-errors': throwOwnErrors,
    'main-export-name': mainExportName,
    'no-barrel': noBarrel,
    'no-catch-all-names': noCatchAllNames,
    'explained-disable': explainedDisable,
    'exhaustive-switch': exhaustiveSwitch,
  },
}
