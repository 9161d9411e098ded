#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine where that can't be downloaded: speaks its line-delimited JSON-RPC on
 * stdin/stdout and lets the WebAssembly build from npm do the work. `PRISMA_SCHEMA_ENGINE_BINARY` points here.
 * Plain JavaScript and executable, because the Prisma CLI starts it as a program of its own.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { createDatabase, databaseFactory, pingDatabase } from './database-factory.mjs';

const args = process.argv.slice(2);
if (args.includes('--version') || args.includes('-V')) {
  process.stdout.write('schema-engine-cli wasm 7.10.0\n');
  process.exit(0);
}

const datasource = JSON.parse(optionValues('--datasource')[0] ?? '{}');
const url = datasource.url ?? process.env.DATABASE_OWNER_URL;

if (args.includes('cli')) {
  await runDatabaseCommand(args[args.indexOf('cli') + 1]);
  process.exit(0);
}

let engine;
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) await answer(JSON.parse(line));
}

function optionValues(name) {
  return args.flatMap((arg, index) => (arg === name ? [args[index + 1]] : []));
}

/** `can-connect-to-database`, `create-database`: the CLI reads the outcome from the exit code and stderr. */
async function runDatabaseCommand(command) {
  try {
    await (command === 'create-database' ? createDatabase(url) : pingDatabase(url));
  } catch (error) {
    const fields = { error_code: error.code === '3D000' ? 'P1003' : 'P1001', message: error.message };
    process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`);
    process.exit(1);
  }
}

async function answer({ id, method, params }) {
  if (!method) return; // the CLI's answer to one of our `print` requests
  try {
    engine ??= await loadEngine();
    const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params);
    if (method === 'diff' && result?.stdout != null) {
      send({ id: 0, method: 'print', params: { content: result.stdout } });
    }
    send({ id, result: result ?? null });
  } catch (error) {
    const data = { is_panic: false, message: error.message, error_code: error.code, meta: error.meta ?? null };
    send({ id, error: { code: 4466, message: error.message, data } });
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function loadEngine() {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const wasm = readFileSync(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  // The names are the generated module's.
  // oxlint-disable eslint/no-underscore-dangle
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  // oxlint-enable eslint/no-underscore-dangle
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      debug(message);
    },
  };
  const files = optionValues('--datamodels').map((path) => [path, readFileSync(path, 'utf8')]);
  const factory = bindMigrationAwareSqlAdapterFactory(databaseFactory(url, datasource));
  return bindings.SchemaEngine.new({ datamodels: files.length > 0 ? files : undefined }, debug, factory);
}

function debug(message) {
  if (process.env.DEBUG) process.stderr.write(`${message}\n`);
}
