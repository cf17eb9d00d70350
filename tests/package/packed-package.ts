import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const ROOT = path.join(__dirname, '../..')

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}

/** Runs a command, and fails with its output when it fails. */
function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}\n${error?.message ?? ''}`)
  return stdout
}

/** All files below `directory`, as paths relative to it, with `/`. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

/** The package as users get it: built, packed, and unpacked into the node_modules of an empty project. */
export class PackedPackage {
  readonly directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'surrealengine-package-')))
  readonly tarball: string
  /** Where the package lies once it is installed. */
  readonly installed = path.join(this.directory, 'project/node_modules/surrealengine')

  constructor() {
    // the worker's program is left as it is: other tests are using it at this moment
    run(ROOT, 'npm', 'run', 'build:dist')
    const packed = run(ROOT, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', this.directory)
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
    this.tarball = path.join(this.directory, filename)
    mkdirSync(this.installed, { recursive: true })
    run(this.directory, 'tar', '-xzf', this.tarball, '-C', this.installed, '--strip-components=1')
    // only what the package declares is there for it to find
    const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest
    for (const name of [...Object.keys(dependencies), '@types/node']) this.link(name)
  }

  private link(name: string): void {
    const target = path.join(this.directory, 'project/node_modules', name)
    mkdirSync(path.dirname(target), { recursive: true })
    symlinkSync(path.join(ROOT, 'node_modules', name), target)
  }

  /** Runs one of the tools this repository has installed. */
  check(tool: string, ...args: string[]): string {
    return run(this.directory, path.join(ROOT, 'node_modules/.bin', tool), ...args)
  }

  /** An empty project of a user: `type` is what its package.json says. */
  project(name: string, type: 'module' | 'commonjs'): ConsumerProject {
    const directory = path.join(this.directory, 'project', name)
    mkdirSync(directory, { recursive: true })
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name, private: true, type }))
    return new ConsumerProject(directory)
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

const STRICT = { target: 'es2022', module: 'nodenext', lib: ['es2023'], types: ['node'], strict: true }

class ConsumerProject {
  constructor(readonly directory: string) {}

  write(file: string, content: string): this {
    writeFileSync(path.join(this.directory, file), content)
    return this
  }

  /** Copies one of tests/package/consumers. */
  copy(file: string): this {
    cpSync(path.join(__dirname, 'consumers', file), path.join(this.directory, file))
    return this
  }

  /** What tsc prints about its own work, of a project that compiles. */
  diagnose(): string {
    const compilerOptions = { ...STRICT, skipLibCheck: true, noEmit: true }
    this.write('tsconfig.json', JSON.stringify({ compilerOptions }))
    return run(this.directory, path.join(ROOT, 'node_modules/.bin/tsc'), '--extendedDiagnostics')
  }

  /** Compiles the project's TypeScript, declarations of its packages included. */
  compile(compilerOptions: Readonly<Record<string, unknown>>): this {
    const all = { ...STRICT, skipLibCheck: false, ...compilerOptions }
    this.write('tsconfig.json', JSON.stringify({ compilerOptions: all }))
    run(this.directory, path.join(ROOT, 'node_modules/.bin/tsc'))
    return this
  }

  /** What `node file` prints. */
  execute(file: string): string {
    return run(this.directory, process.execPath, file)
  }
}
