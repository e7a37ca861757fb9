import { suite } from 'uvu'
import { tellKillStory } from './support/kill-story.ts'

const test = suite('kill -9, a short sample')

test('a kill under load loses nothing that was acknowledged, and verify passes', async () => {
  await tellKillStory({ kills: 1, seed: 11 })
})

test.run()
