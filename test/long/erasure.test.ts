import { suite } from 'uvu'
import { tellErasureStory } from '../support/erasure-story.ts'

const test = suite('erasing one of a hundred')

test('leaves no readable byte of the person, and every byte of the others as it was', async () => {
  await tellErasureStory(100)
})

test.run()
