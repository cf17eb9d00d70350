import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from '@jest/globals'
import ts from 'typescript'

const ROOT = path.join(__dirname, '../..')
const LIST = path.join(__dirname, 'public-names.txt')

/** Every name src/index.ts exports, types included: `value createConnection`, `type Ref`. */
function publicNames(): string[] {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: object
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT)
  const program = ts.createProgram([path.join(ROOT, 'src/index.ts')], options)
  const checker = program.getTypeChecker()
  const index = program.getSourceFile(path.join(ROOT, 'src/index.ts'))
  const exported = index && checker.getSymbolAtLocation(index)
  const names = (exported ? checker.getExportsOfModule(exported) : []).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const isType =
      symbol.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration) || !(target.flags & ts.SymbolFlags.Value)
    return `${isType ? 'type' : 'value'} ${symbol.name}`
  })
  return names.sort()
}

it('changes only on purpose: UPDATE_PUBLIC_NAMES=1 npx jest tests/package/public-names', () => {
  const names = publicNames()
  expect(names).not.toEqual([])
  if (process.env['UPDATE_PUBLIC_NAMES']) writeFileSync(LIST, `${names.join('\n')}\n`)
  expect(names).toEqual(readFileSync(LIST, 'utf8').trimEnd().split('\n'))
})
