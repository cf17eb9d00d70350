import { spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import type { Report } from './check.js'
import type { Settings, Toolchain } from './compilers.js'

const ROOT = path.join(__dirname, '../..')
const SOURCES = ['models.ts', 'check.ts', 'settings-in-effect.ts']
const MAIN = `import { check } from './check.js'
import { settingsInEffect } from './settings-in-effect.js'
console.log(JSON.stringify({ settings: settingsInEffect(), report: await check() }))
`

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}

/** What a process says of itself. */
export interface Outcome {
  readonly settings: Settings
  readonly report: Report
}

/** A directory with a built copy of the package, in which compiled models are run. */
export class Workshop {
  readonly #directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'surrealengine-toolchains-')))
  #count = 0

  constructor() {
    this.#write('package.json', JSON.stringify({ type: 'module' }))
    const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8')
    for (const name of [...Object.keys((JSON.parse(manifest) as Manifest).dependencies), 'tsx']) this.#link(name)
    this.#write('node_modules/surrealengine/package.json', manifest)
    this.#build()
  }

  /** Compiles the models, runs the check in a process of its own, and gives what it says. */
  async run({ compile, settings }: Toolchain): Promise<Outcome> {
    const folder = `run-${(this.#count += 1)}`
    for (const name of SOURCES) {
      const source = readFileSync(path.join(__dirname, name), 'utf8')
      if (compile) this.#write(`${folder}/${name.replace('.ts', '.js')}`, compile(source, name))
      else this.#write(`${folder}/${name}`, source)
    }
    this.#write(`${folder}/main.mjs`, MAIN)
    this.#write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: { ...settings, target: 'es2022' } }))
    const loader = compile ? [] : ['--import', 'tsx']
    return JSON.parse(await this.#node(folder, [...loader, 'main.mjs'])) as Outcome
  }

  close(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }

  /** Types are checked elsewhere, so each file can be compiled by itself. */
  #build(): void {
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
    const source = path.join(ROOT, 'src')
    for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.startsWith(path.join('connection', 'bridge', 'host', '/'))) continue
      const text = readFileSync(path.join(source, name), 'utf8')
      const { outputText } = ts.transpileModule(text, { fileName: name, compilerOptions })
      this.#write(path.join('node_modules/surrealengine/dist', name.replace(/\.ts$/, '.js')), outputText)
    }
  }

  #link(name: string): void {
    const place = path.join(this.#directory, 'node_modules', name)
    mkdirSync(path.dirname(place), { recursive: true })
    symlinkSync(path.join(ROOT, 'node_modules', name), place)
  }

  #write(name: string, text: string): void {
    const file = path.join(this.#directory, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  #node(folder: string, values: readonly string[]): Promise<string> {
    const { NODE_OPTIONS: _, ...env } = process.env
    const child = spawn(process.execPath, values, { cwd: path.join(this.#directory, folder), env })
    return new Promise((resolve, reject) => {
      const output = { stdout: '', stderr: '' }
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text))
      }
      child.on('error', reject)
      child.on('close', (status) => {
        if (status === 0) resolve(output.stdout)
        else reject(new Error(`ended with ${status}\n${output.stderr}`))
      })
    })
  }
}
