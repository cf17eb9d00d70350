/**
 * `npm test`: the worker's program is built, then lint and Jest run, all of them whatever the others say. Jest runs twice:
 * the tests that wait for deadlines come last, when little else needs the processors.
 * Arguments go to Jest: `npm test -- tests/model`. The last line is `N passed, N failed`; a failed lint counts as one.
 * With SUMMARY_FILE set, the two numbers are also written there, for .ci/run.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-test-'))
const node = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0

const countsOf = (results) => {
  try {
    const {
      numPassedTests = 0,
      numFailedTests = 0,
      numRuntimeErrorTestSuites = 0,
    } = JSON.parse(readFileSync(results, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }
  } catch {
    return { passed: 0, failed: 0 }
  }
}

const runJest = (name, ...options) => {
  const results = path.join(directory, `${name}.json`)
  const output = ['--json', `--outputFile=${results}`, '--passWithNoTests']
  const succeeded = node('node_modules/jest/bin/jest.js', ...options, ...output, ...process.argv.slice(2))
  const { passed, failed } = countsOf(results)
  // Jest can fail without a failed test: a broken set-up
  return { passed, failed: failed + (!succeeded && failed === 0 ? 1 : 0) }
}

const built = node('scripts/build-host.mjs')
const linted = node('scripts/lint.mjs')
const runs = [
  runJest('most', '--selectProjects', 'standard', 'legacy', 'engine 2.6'),
  runJest('timed', '--selectProjects', 'timed'),
]
rmSync(directory, { recursive: true, force: true })

const passed = runs.reduce((sum, run) => sum + run.passed, 0)
const failed = runs.reduce((sum, run) => sum + run.failed, 0)
// nothing at all was run: the arguments name no test
const failures = failed + (built ? 0 : 1) + (linted ? 0 : 1) + (passed + failed === 0 ? 1 : 0)

if (process.env['SUMMARY_FILE']) writeFileSync(process.env['SUMMARY_FILE'], `${passed} ${failures}\n`)
console.log(`${passed} passed, ${failures} failed`)
process.exitCode = failures === 0 ? 0 : 1
