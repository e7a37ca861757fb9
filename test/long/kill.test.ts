import { suite } from 'uvu'
import { tellKillStory } from '../support/kill-story.ts'

const test = suite('kill -9')

test('forty kills under load lose nothing that was acknowledged', async () => {
  await tellKillStory({ kills: 40, seed: Number(process.env.SEED ?? Date.now()) })
})

test.run()
