import { suite } from 'uvu'
import { tellKillStory } from './support/kill-story.ts'

const test = suite('kill -9, a short sample')

test('three kills under load lose nothing that was acknowledged, and verify passes', async () => {
  await tellKillStory({ kills: 3, seed: 11 })
})

test.run()
