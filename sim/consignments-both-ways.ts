import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScene, type Scene } from './consignments-scene.ts'
import type { Judgments } from './judgments.ts'

/** The same story under two judgments, and how each of them ends. */
export type Case = {
  name: string
  judgments: [Partial<Judgments>, Partial<Judgments>]
  play: (scene: Scene) => Promise<unknown>
  seen: [unknown, unknown]
}

/** Plays each story twice. */
export function tellBothWays(cases: Case[]): void {
  for (const { name, judgments, play, seen } of cases) {
    test(name, async () => {
      const results: unknown[] = []
      for (const judged of judgments) {
        await using scene = await openScene(judged)
        results.push(await play(scene))
      }
      assert.deepEqual(results, seen)
    })
  }
}
