import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tellKillStory } from '../support/kill-story.ts'
import { killsInAll, killsOf, tellKills } from '../support/kills.ts'

const test = suite('kill -9')

test('is told of two hundred times and more in all stories together', () => {
  assert.ok(killsInAll >= 200)
})

test('under load loses nothing that was acknowledged', async () => {
  const seed = Number(process.env.SEED ?? Date.now())
  const kills = killsOf('load')
  await tellKillStory({ kills, seed })
  tellKills('load', kills, seed)
})

test.run()
