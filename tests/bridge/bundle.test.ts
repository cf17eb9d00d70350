import { describe, expect, it } from '@jest/globals'
import { build, type Format } from 'esbuild'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { run } from '../support/bridge-child.js'
import { newDirectory } from './links.js'

const root = path.resolve(__dirname, '../..')

describe('a program bundled by esbuild', () => {
  for (const [format, name] of [
    ['esm', 'program.mjs'],
    ['cjs', 'program.cjs'],
  ] as const satisfies readonly [Format, string][]) {
    it(`runs in another folder (${format})`, async () => {
      const directory = newDirectory()
      symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'))
      await build({
        entryPoints: [path.join(root, 'tests/bridge/programs/bundled.ts')],
        outfile: path.join(directory, name),
        bundle: true,
        platform: 'node',
        format,
        external: ['@surrealdb/node'],
        logLevel: 'error',
        // a bundle of CommonJS has no import.meta; the program is found by its name
        logOverride: { 'empty-import-meta': 'silent' },
      })
      const { code, output } = await run([path.join(directory, name)], path.parse(directory).root).ended
      expect({ code, output }).toEqual({ code: 0, output: 'async 42, sync 42\n' })
    })
  }
})
