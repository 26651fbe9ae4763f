import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { redrawn } from './lifecycle-paper.ts'

/** Draws the diagrams and tables of docs/lifecycle.md from the rules. */
const paper = join(import.meta.dirname, '../docs/lifecycle.md')
writeFileSync(paper, redrawn(readFileSync(paper, 'utf8')))
