/** `npm run quickstart`: runs examples/quickstart on a fresh clone; what is not installed is installed first. */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`surrealengine needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}

const run = (command, ...args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

// npm writes this file at the end of an installation, so an older one belongs to another lockfile
const installed = 'node_modules/.package-lock.json'
const isInstalled = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs
if (!isInstalled) run('npm', 'ci', '--no-audit', '--no-fund')
else if (!existsSync('src/connection/bridge/host-source.ts')) run('npm', 'run', 'build:host')

run(process.execPath, '--import', 'tsx', 'examples/quickstart/main.ts')
